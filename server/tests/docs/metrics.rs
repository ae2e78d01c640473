//! docs/metrics.md lists the metrics that the server has.

use crate::document;

#[test]
fn the_document_matches_the_code() {
    document::check("docs/metrics.md", "metrics", &server::metrics::markdown());
}
