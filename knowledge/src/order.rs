//! An order in which neighbours are alike: an open path through all points that is nearly as short as
//! possible. It starts as a nearest-neighbour path, and is shortened by 2-opt and Or-opt moves
//! (G. A. Croes, *A method for solving traveling-salesman problems*, Operations Research 6, 1958; I. Or, 1976).

use std::{collections::VecDeque, ops::Range};

/// How many near points a point may be moved to.
const NEAR: usize = 12;

/// The longest part of the path that is moved as a whole.
const LONGEST: usize = 3;

/// The numbers from 0 to `count`, each once.
pub(crate) fn shortest(count: usize, distance: impl Fn(usize, usize) -> u32) -> Vec<usize> {
    let near = near(count, &distance);
    let mut path = Path::nearest(&near, distance);
    path.shorten(&near);
    path.order
}

/// For each point, the points that are nearest to it, the nearest first.
fn near(count: usize, distance: impl Fn(usize, usize) -> u32) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new(); count];
    let note = |near: &mut Vec<(u32, usize)>, distance, other| {
        let is_far = near.last().is_some_and(|last| last.0 <= distance);
        if !(is_far && near.len() == NEAR) {
            near.insert(
                near.partition_point(|pair| pair.0 <= distance),
                (distance, other),
            );
            near.truncate(NEAR);
        }
    };
    for one in 0..count {
        for other in one + 1..count {
            let distance = distance(one, other);
            note(&mut all[one], distance, other);
            note(&mut all[other], distance, one);
        }
    }
    let points = |near: Vec<(u32, usize)>| near.into_iter().map(|(_, point)| point).collect();
    all.into_iter().map(points).collect()
}

struct Path<D> {
    distance: D,
    order: Vec<usize>,
    /// Where each point is in the order.
    places: Vec<usize>,
}

/// To take a part of the path out, and to put it in elsewhere.
struct Relocation {
    part: Range<usize>,
    /// The part goes before the point at this place.
    to: usize,
    turned: bool,
}

impl<D: Fn(usize, usize) -> u32> Path<D> {
    /// Goes from each point to the nearest one that is left.
    fn nearest(near: &[Vec<usize>], distance: D) -> Self {
        let count = near.len();
        let mut is_left = vec![true; count];
        let mut order = Vec::with_capacity(count);
        let mut next = (count > 0).then_some(0);
        while let Some(point) = next {
            is_left[point] = false;
            order.push(point);
            let near = near[point].iter().copied().find(|&other| is_left[other]);
            next = near.or_else(|| {
                let left = (0..count).filter(|&other| is_left[other]);
                left.min_by_key(|&other| distance(point, other))
            });
        }
        let mut path = Self {
            distance,
            places: vec![0; count],
            order,
        };
        path.note(0..count);
        path
    }

    /// Notes the places of these points.
    fn note(&mut self, changed: Range<usize>) {
        for place in changed {
            self.places[self.order[place]] = place;
        }
    }

    fn shorten(&mut self, near: &[Vec<usize>]) {
        let mut pending: VecDeque<_> = self.order.iter().copied().collect();
        let mut is_pending = vec![true; pending.len()];
        while let Some(point) = pending.pop_front() {
            is_pending[point] = false;
            let improve = |path: &mut Self| {
                near[point]
                    .iter()
                    .find_map(|&other| path.improve(point, other))
            };
            while let Some(ends) = improve(self) {
                for end in ends {
                    if !is_pending[end] {
                        is_pending[end] = true;
                        pending.push_back(end);
                    }
                }
            }
        }
    }

    /// Changes the path beside two points that are near to each other, if that makes it shorter. Returns the
    /// points beside the changes.
    fn improve(&mut self, point: usize, other: usize) -> Option<Vec<usize>> {
        let (here, there) = (self.places[point], self.places[other]);
        let (first, last) = (here.min(there), here.max(there));
        for turned in [first + 1..last + 1, first..last] {
            if self.gap(turned.start, turned.end, true) < self.gap(turned.start, turned.end, false)
            {
                let ends = self.around([turned.start, turned.end]);
                self.order[turned.clone()].reverse();
                self.note(turned);
                return Some(ends);
            }
        }
        for length in 1..=LONGEST {
            let parts = [
                here..here + length,
                (here + 1).saturating_sub(length)..here + 1,
            ];
            for part in parts {
                for to in [there, there + 1] {
                    for turned in [false, true] {
                        let relocation = Relocation {
                            part: part.clone(),
                            to,
                            turned,
                        };
                        if self.saves(&relocation) {
                            let ends = self.around([part.start, part.end, to]);
                            self.relocate(relocation);
                            return Some(ends);
                        }
                    }
                }
            }
        }
        None
    }

    /// The points at these places and before them.
    fn around<const N: usize>(&self, places: [usize; N]) -> Vec<usize> {
        let places = places
            .into_iter()
            .flat_map(|place| [place.wrapping_sub(1), place]);
        places
            .filter_map(|place| self.order.get(place).copied())
            .collect()
    }

    /// The distance between the points at two places. What is beyond an end is near to everything.
    fn between(&self, one: usize, other: usize) -> u32 {
        match (self.order.get(one), self.order.get(other)) {
            (Some(&one), Some(&other)) => (self.distance)(one, other),
            _ => 0,
        }
    }

    /// The two distances at the ends of a part, as it is or turned round.
    fn gap(&self, start: usize, end: usize, turned: bool) -> u32 {
        let before = start.wrapping_sub(1);
        let (first, last) = if turned {
            (end - 1, start)
        } else {
            (start, end - 1)
        };
        self.between(before, first) + self.between(last, end)
    }

    fn saves(&self, Relocation { part, to, turned }: &Relocation) -> bool {
        if part.end > self.order.len() || (part.start..=part.end).contains(to) {
            return false;
        }
        let before = part.start.wrapping_sub(1);
        let (first, last) = if *turned {
            (part.end - 1, part.start)
        } else {
            (part.start, part.end - 1)
        };
        let without = self.between(before, part.end)
            + self.between(to.wrapping_sub(1), first)
            + self.between(last, *to);
        without < self.gap(part.start, part.end, false) + self.between(to.wrapping_sub(1), *to)
    }

    fn relocate(&mut self, Relocation { part, to, turned }: Relocation) {
        if turned {
            self.order[part.clone()].reverse();
        }
        let changed = part.start.min(to)..part.end.max(to);
        if to < part.start {
            self.order[changed.clone()].rotate_right(part.len());
        } else {
            self.order[changed.clone()].rotate_left(part.len());
        }
        self.note(changed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_on_a_line_are_visited_one_after_the_other() {
        // The first is in the middle, so the nearest neighbours alone lead to one end and back.
        let positions: Vec<u32> = (0..300).map(|number| (number * 101 + 150) % 300).collect();
        let order = shortest(300, |a, b| positions[a].abs_diff(positions[b]));
        let visited: Vec<_> = order.iter().map(|&point| positions[point]).collect();
        let forwards: Vec<_> = (0..300).collect();
        let backwards: Vec<_> = (0..300).rev().collect();
        assert!(visited == forwards || visited == backwards, "{visited:?}");
    }

    #[test]
    fn every_point_is_visited_once_and_the_path_gets_shorter() {
        let mut rng = 1_u64;
        let mut draw = || {
            rng = rng.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            rng >> 60
        };
        let points: Vec<_> = (0..400).map(|_| [draw(), draw(), draw()]).collect();
        let distance = |a: usize, b: usize| -> u32 {
            points[a]
                .iter()
                .zip(points[b])
                .map(|(&a, b)| a.abs_diff(b) as u32)
                .sum()
        };
        let length = |order: &[usize]| -> u32 {
            order
                .windows(2)
                .map(|pair| distance(pair[0], pair[1]))
                .sum()
        };
        let near = near(points.len(), distance);
        let mut path = Path::nearest(&near, distance);
        let before = length(&path.order);
        path.shorten(&near);
        let after = length(&path.order);
        assert!(after < before, "{after} of {before}");
        path.order.sort_unstable();
        assert!(path.order.iter().copied().eq(0..points.len()));
    }

    #[test]
    fn nothing_and_few_points_have_an_order() {
        for count in 0..4 {
            assert_eq!(shortest(count, |_, _| 1).len(), count);
        }
    }
}
