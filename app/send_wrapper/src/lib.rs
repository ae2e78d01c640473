//! A value that may cross threads, but can be used only on the thread where it was made. Leptos wraps event handlers and
//! effects in it.
//!
//! It takes the place of the crate [send_wrapper](https://docs.rs/send_wrapper) 0.6 in this workspace and has the part of
//! its interface that Leptos uses. That crate asks the standard library for the current thread, which in a browser brings
//! a second allocator into the page: 3.8 KB of its 110. A page has one thread, so here it doesn't ask.

#[cfg(feature = "futures")]
mod futures;

use std::{
    fmt,
    mem::{ManuallyDrop, needs_drop},
    ops::{Deref, DerefMut},
};

/// A thread, to be compared with others.
#[cfg(not(all(target_family = "wasm", not(target_feature = "atomics"))))]
mod home {
    use std::thread::{ThreadId, current};

    #[derive(Clone, Copy, PartialEq, Eq)]
    pub(crate) struct Home(ThreadId);

    impl Home {
        pub(crate) fn here() -> Self {
            Self(current().id())
        }
    }
}

/// WebAssembly without atomics has a single thread.
#[cfg(all(target_family = "wasm", not(target_feature = "atomics")))]
mod home {
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub(crate) struct Home;

    impl Home {
        pub(crate) fn here() -> Self {
            Self
        }
    }
}

use home::Home;

/// A value of one thread. Using or dropping it on another one panics.
pub struct SendWrapper<T> {
    value: ManuallyDrop<T>,
    home: Home,
}

// SAFETY: every way to the value, dropping it included, checks that it is on the thread where the value was made.
unsafe impl<T> Send for SendWrapper<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for SendWrapper<T> {}

impl<T> SendWrapper<T> {
    /// Wraps a value of this thread.
    pub fn new(value: T) -> Self {
        Self {
            value: ManuallyDrop::new(value),
            home: Home::here(),
        }
    }

    /// Whether this is the value's thread.
    pub fn valid(&self) -> bool {
        self.home == Home::here()
    }

    /// The value itself.
    ///
    /// # Panics
    /// On another thread.
    #[track_caller]
    pub fn take(self) -> T {
        self.check();
        let mut this = ManuallyDrop::new(self);
        // SAFETY: nothing uses the value after this: `this` is never dropped.
        unsafe { ManuallyDrop::take(&mut this.value) }
    }

    #[track_caller]
    fn check(&self) {
        assert!(
            self.valid(),
            "a value was used on another thread than its own"
        );
    }
}

impl<T> Deref for SendWrapper<T> {
    type Target = T;
    #[track_caller]
    fn deref(&self) -> &T {
        self.check();
        &self.value
    }
}

impl<T> DerefMut for SendWrapper<T> {
    #[track_caller]
    fn deref_mut(&mut self) -> &mut T {
        self.check();
        &mut self.value
    }
}

impl<T> Drop for SendWrapper<T> {
    #[track_caller]
    fn drop(&mut self) {
        if !needs_drop::<T>() {
            return;
        }
        if self.valid() {
            // SAFETY: nothing uses the value after it is dropped.
            unsafe { ManuallyDrop::drop(&mut self.value) }
        } else if !std::thread::panicking() {
            // During a panic a second one would abort the program; the value is leaked instead.
            panic!("a value was dropped on another thread than its own");
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for SendWrapper<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.deref().fmt(f)
    }
}

impl<T: Clone> Clone for SendWrapper<T> {
    #[track_caller]
    fn clone(&self) -> Self {
        Self::new(self.deref().clone())
    }
}

#[cfg(test)]
mod tests {
    use super::SendWrapper;
    use std::{rc::Rc, thread};

    #[test]
    fn a_value_can_be_used_on_its_own_thread() {
        let counted = Rc::new(1);
        let mut wrapped = SendWrapper::new(Rc::clone(&counted));
        assert_eq!(**wrapped, 1);
        *wrapped = Rc::new(2);
        assert_eq!(*wrapped.clone().take(), 2);
        assert_eq!(Rc::strong_count(&counted), 1, "the first one was dropped");
    }

    #[test]
    fn on_another_thread_it_cannot_even_be_dropped() {
        let wrapped = SendWrapper::new(Rc::new(1));
        let used = thread::spawn(move || {
            let is_valid = wrapped.valid();
            std::mem::forget(wrapped);
            is_valid
        });
        assert!(!used.join().unwrap());
        let wrapped = SendWrapper::new(Rc::new(1));
        assert!(thread::spawn(move || drop(wrapped)).join().is_err());
        let wrapped = SendWrapper::new(Rc::new(1));
        assert!(thread::spawn(move || **wrapped).join().is_err());
        // What needs no drop may end anywhere.
        let plain = SendWrapper::new(1);
        assert!(thread::spawn(move || drop(plain)).join().is_ok());
    }
}
