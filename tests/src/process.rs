//! What a process costs, as the kernel counts it; and whether a claim holds.

use std::fs;

/// The kernel tells processor time in hundredths of a second on every Linux (`USER_HZ`).
const TICKS_PER_S: f64 = 100.0;

/// Processor time of a process so far, in user and kernel mode, seconds; in steps of 10 ms.
///
/// # Panics
/// If there is no such process.
#[must_use]
pub fn processor_s(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).expect("the process runs");
    // The name, in parentheses, may hold anything; after it come the state and, eleven fields later, the two times.
    let after_name = stat.rsplit(')').next().expect("a name");
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks = |at: usize| fields[at].parse::<f64>().expect("a number of ticks");
    (ticks(11) + ticks(12)) / TICKS_PER_S
}

/// Memory of a process, bytes: what it has now, and the most it had.
///
/// # Panics
/// If there is no such process.
#[must_use]
pub fn memory_bytes(process: u32) -> (u64, u64) {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("the process runs");
    let kilobytes = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("the kernel tells it");
        line.split_whitespace().next().and_then(|number| number.parse::<u64>().ok()).expect("a number")
    };
    (kilobytes("VmRSS:") * 1_024, kilobytes("VmHWM:") * 1_024)
}

/// Prints a figure beside what was claimed of it, and whether that holds.
pub fn verdict(figure: &str, claim: &str, met: bool) {
    println!("{} {figure}  (claimed: {claim})", if met { "met   " } else { "MISSED" });
}

/// The value below which this share of a sorted list lies; zero for an empty one.
#[must_use]
pub fn quantile<T: Copy + Default>(sorted: &[T], share: f64) -> T {
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * share).round() as usize).copied().unwrap_or_default()
}
