//! A wrapped future is a future, and a wrapped stream a stream.

use crate::SendWrapper;
use futures_core::Stream;
use std::{
    future::Future,
    ops::DerefMut,
    pin::Pin,
    task::{Context, Poll},
};

impl<T> SendWrapper<T> {
    #[track_caller]
    fn pinned(self: Pin<&mut Self>) -> Pin<&mut T> {
        // SAFETY: the value is part of the wrapper, so it doesn't move as long as the wrapper doesn't.
        unsafe { self.map_unchecked_mut(DerefMut::deref_mut) }
    }
}

impl<F: Future> Future for SendWrapper<F> {
    type Output = F::Output;
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        self.pinned().poll(context)
    }
}

impl<S: Stream> Stream for SendWrapper<S> {
    type Item = S::Item;
    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<S::Item>> {
        self.pinned().poll_next(context)
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (**self).size_hint()
    }
}
