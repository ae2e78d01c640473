//! Finds things and questions by their words.

use std::num::NonZero;

/// Indices by the hash of a text: a hash table with linear probing, small because the page carries its
/// code. A lookup compares 47 bits of the hash and not the texts, which would take more memory than all
/// facts. It takes an unknown text for one of 20,000 once in billions of lookups.
#[derive(Debug, Clone)]
pub(crate) struct Index {
    /// A power of two of slots, at most half of them filled.
    slots: Vec<Option<Entry>>,
    filled: usize,
}

impl Index {
    pub(crate) const fn new() -> Self {
        Self {
            slots: Vec::new(),
            filled: 0,
        }
    }

    pub(crate) fn add(&mut self, hash: u64, index: u16) {
        if self.slots.len() <= 2 * self.filled {
            let larger = vec![None; (self.slots.len() * 2).max(64)];
            let smaller = std::mem::replace(&mut self.slots, larger);
            for entry in smaller.into_iter().flatten() {
                self.put(entry);
            }
        }
        self.filled += 1;
        self.put(Entry::new(hash, index));
    }

    fn put(&mut self, entry: Entry) {
        let mut slot = self.slot(entry);
        while self.slots[slot].is_some() {
            slot = self.after(slot);
        }
        self.slots[slot] = Some(entry);
    }

    /// The indices under a hash.
    pub(crate) fn find(&self, hash: u64) -> impl Iterator<Item = u16> {
        let sought = Entry::new(hash, 0);
        let mut slot = self.slot(sought);
        let entries = std::iter::from_fn(move || {
            let entry = *self.slots.get(slot)?;
            slot = self.after(slot);
            entry
        });
        entries
            .filter(move |entry| entry.hash() == sought.hash())
            .map(Entry::index)
    }

    const fn slot(&self, entry: Entry) -> usize {
        entry.hash() as usize & self.slots.len().wrapping_sub(1)
    }

    const fn after(&self, slot: usize) -> usize {
        (slot + 1) & (self.slots.len() - 1)
    }
}

/// The upper 47 bits of a hash, then an index, then a one, so that an empty slot takes no more room.
#[derive(Debug, Clone, Copy)]
struct Entry(NonZero<u64>);

impl Entry {
    fn new(hash: u64, index: u16) -> Self {
        Self(NonZero::<u64>::MIN | hash >> 17 << 17 | u64::from(index) << 1)
    }

    const fn hash(self) -> u64 {
        self.0.get() >> 17
    }

    const fn index(self) -> u16 {
        (self.0.get() >> 1) as u16
    }
}

/// FNV-1a (Fowler, Noll, Vo), 64 bits.
pub(crate) fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_found_under_its_hash_and_nothing_else() {
        let mut index = Index::new();
        assert_eq!(index.find(7 << 30).count(), 0);
        for number in 0..1_000 {
            // All in the same slot at first.
            index.add(u64::from(number % 500) << 40, number);
        }
        for number in 0..500 {
            let found: Vec<_> = index.find(u64::from(number) << 40).collect();
            assert_eq!(found.len(), 2, "{number}");
            assert!(found.contains(&number) && found.contains(&(number + 500)));
        }
        assert_eq!(index.find(7 << 30).count(), 0);
    }
}
