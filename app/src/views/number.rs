//! Numbers of things, as the page shows them.

/// With commas between thousands.
pub(super) fn grouped(number: usize) -> String {
    match (number / 1000, number % 1000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{thousands},{rest:03}"),
    }
}

/// The number of things, rounded to two digits.
pub(super) fn rounded(left: f64) -> String {
    let left = (left + 0.5) as usize;
    let mut unit = 1;
    while left / unit >= 100 {
        unit *= 10;
    }
    grouped((left + unit / 2) / unit * unit)
}
