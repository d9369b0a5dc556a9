/** Svelte 5 with its defaults; the file says so, and spares the build a notice. */
export default {};
