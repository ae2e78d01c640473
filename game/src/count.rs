//! Numbers of things, as players read them.

/// With commas between thousands, below a million.
#[must_use]
pub fn grouped(number: usize) -> String {
    match (number / 1000, number % 1000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{thousands},{rest:03}"),
    }
}

/// The number of things, rounded to two digits.
#[must_use]
pub fn rounded(left: f64) -> String {
    let left = (left + 0.5) as usize;
    let mut unit = 1;
    while left / unit >= 100 {
        unit *= 10;
    }
    grouped((left + unit / 2) / unit * unit)
}
