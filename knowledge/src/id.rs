//! Which thing, which question: two types, so that they can't be mixed up.

macro_rules! id {
    ($(#[$attribute:meta])* $name:ident) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) u16);

        impl $name {
            /// How many there can be.
            pub(crate) const MOST: usize = 1 << 16;

            /// The id with this index, which has to be below [`Self::MOST`].
            pub(crate) const fn at(index: usize) -> Self {
                Self(index as u16)
            }

            /// The ids with the indices below `count`.
            pub fn first(count: usize) -> impl ExactSizeIterator<Item = Self> + Clone {
                (0..count).map(Self::at)
            }

            /// Its place in a list of all, counted from 0.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id! {
    /// A thing of one [`Knowledge`](crate::Knowledge). Another build may give it another id.
    ThingId
}

id! {
    /// A question of one [`Knowledge`](crate::Knowledge). Another build may give it another id.
    QuestionId
}
