//! What every store must do: the promises of [`Store`](super::Store), each in words and as a function.
//!
//! A store stamps out the tests for itself: `store_contract!(open)`, where `open` makes an empty store and something to hold while it
//! is used; and, if it outlives its process, `lasting_store_contract!(make)`, where `make` gives such a thing and a way to open the
//! store in it again and again.

pub mod asking;
#[cfg(feature = "embedded")]
pub mod folder;
#[cfg(test)]
mod history;
pub mod lasting;
pub mod log;
pub mod refusals;
pub mod sample;
pub mod tracks;

use std::{
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread::Thread,
};

/// The tests of a store: `$open` is a function that makes an empty store, and what must be held while it is used.
#[macro_export]
macro_rules! store_contract {
    ($open:expr) => {
        $crate::store_contract! { $open;
            refusals::a_stale_read_set_leaves_nothing_behind_and_names_the_winner,
            refusals::what_must_not_exist_must_not_exist,
            refusals::of_two_commits_on_one_thing_exactly_one_wins,
            refusals::of_many_commits_at_once_on_one_thing_exactly_one_wins,
            refusals::a_request_that_is_sent_again_gets_its_first_answer,
            refusals::a_key_of_another_request_is_refused,
            refusals::the_request_comes_before_the_read_set_and_that_before_the_names,
            refusals::a_name_is_given_once,
            refusals::a_name_taken_twice_in_one_commit_is_refused,
            refusals::a_refused_commit_keeps_no_request_and_no_notice,
            log::rows_come_in_the_order_of_the_commits,
            log::rows_say_what_is_now,
            log::a_report_is_veiled_in_the_log_and_whole_for_its_handler,
            log::rows_tell_the_areas_before_and_after,
            log::revisions_count_up,
            log::what_was_removed_is_gone_and_comes_back_newer,
            log::to_remove_what_is_not_there_writes_nothing,
            log::a_thing_that_is_written_twice_in_one_commit_has_two_rows,
            log::the_log_is_given_in_pieces,
            log::the_state_and_the_log_after_it_give_the_state_at_the_end,
            log::a_version_of_another_epoch_loads_anew,
            log::a_version_that_is_not_written_yet_loads_anew,
            log::who_waits_for_something_newer_is_woken,
            log::a_commit_without_changes_has_the_newest_version,
            asking::only_what_has_a_public_image_is_loaded,
            asking::numbers_are_never_given_twice,
            asking::numbers_from_outside_are_not_given_again,
            asking::numbers_do_run_out,
            asking::several_things_come_in_the_order_asked,
            asking::cases_are_paged_the_newest_first,
            asking::cases_are_found_by_state_category_and_area,
            asking::counts_name_every_kind,
            asking::notices_stay_until_they_are_settled,
            asking::a_notice_that_was_given_up_lies_in_the_tray,
            asking::head_counts_are_found_by_their_moment,
            asking::a_large_commit_is_one_commit,
            asking::a_closed_store_says_so,
            tracks::fixes_are_kept_once_in_whichever_parts_they_come,
            tracks::a_number_that_is_known_keeps_its_fix,
            tracks::fixes_of_others_are_apart,
            tracks::what_was_walked_is_kept_by_day,
            tracks::what_was_walked_is_to_be_reckoned_anew_when_fixes_come,
            tracks::visits_are_found_by_their_patrol,
            tracks::a_closed_store_keeps_no_fixes,
        }
    };
    ($open:expr; $($module:ident :: $promise:ident),* $(,)?) => {
        $(
            #[test]
            fn $promise() {
                let (store, _held) = $open();
                $crate::store::contract::block_on($crate::store::contract::$module::$promise(store));
            }
        )*
    };
}

/// The tests of a store that outlives its process: `$make` is a function that gives something to hold, and a way to open the store
/// in it, which is called anew after each close.
#[macro_export]
macro_rules! lasting_store_contract {
    ($make:expr) => {
        $crate::lasting_store_contract! { $make;
            everything_is_there_after_a_reopen,
            numbers_are_never_given_twice_after_a_reopen,
            requests_and_names_are_known_after_a_reopen,
            the_log_goes_on_after_a_reopen,
            fixes_are_there_after_a_reopen,
        }
    };
    ($make:expr; $($promise:ident),* $(,)?) => {
        $(
            #[test]
            fn $promise() {
                let (_held, open) = $make();
                $crate::store::contract::block_on($crate::store::contract::lasting::$promise(open));
            }
        )*
    };
}

/// Runs a future to its end on this thread.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => std::thread::park(),
        }
    }
}
