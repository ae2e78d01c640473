//! Finds things and questions by their words.

/// Indices by the hash of a text: a hash table with linear probing, small because the page carries its
/// code. A lookup compares hashes of 64 bits only: with 20,000 texts, two share a hash once in 10^11
/// knowledges, and the texts themselves would take ten times the memory.
#[derive(Debug, Clone)]
pub(crate) struct Index {
    /// A power of two of slots, at most half of them filled.
    slots: Vec<Option<(u64, u16)>>,
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
        self.put((hash, index));
    }

    fn put(&mut self, entry: (u64, u16)) {
        let mut slot = self.slot(entry.0);
        while self.slots[slot].is_some() {
            slot = self.after(slot);
        }
        self.slots[slot] = Some(entry);
    }

    /// The indices under a hash.
    pub(crate) fn find(&self, hash: u64) -> impl Iterator<Item = u16> {
        let mut slot = self.slot(hash);
        let entries = std::iter::from_fn(move || {
            let entry = *self.slots.get(slot)?;
            slot = self.after(slot);
            entry
        });
        entries.filter_map(move |(other, index)| (other == hash).then_some(index))
    }

    const fn slot(&self, hash: u64) -> usize {
        hash as usize & self.slots.len().wrapping_sub(1)
    }

    const fn after(&self, slot: usize) -> usize {
        (slot + 1) & (self.slots.len() - 1)
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
        assert_eq!(index.find(7).count(), 0);
        for number in 0..1_000 {
            // All in the same slot at first.
            index.add(u64::from(number % 500) << 32, number);
        }
        for number in 0..500 {
            let found: Vec<_> = index.find(u64::from(number) << 32).collect();
            assert_eq!(found.len(), 2, "{number}");
            assert!(found.contains(&number) && found.contains(&(number + 500)));
        }
        assert_eq!(index.find(7).count(), 0);
    }
}
