//! Two things done at once, where more than one thread is granted.

/// Does `other` on the threads of [`rayon`] while `here` is done on this one; with one thread, one after the other.
pub(crate) fn alongside<A: Send, B>(other: impl FnOnce() -> A + Send, here: impl FnOnce() -> B) -> (A, B) {
    if rayon::current_num_threads() == 1 {
        let here = here();
        return (other(), here);
    }
    let mut done = None;
    let here = rayon::in_place_scope(|scope| {
        scope.spawn(|_| done = Some(other()));
        here()
    });
    (done.expect("a scope ends when all that was begun in it has ended"), here)
}
