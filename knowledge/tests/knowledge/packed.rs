//! Reading packed knowledge.

use crate::PACKED;
use knowledge::{Knowledge, UnpackError};

#[test]
fn damaged_bytes_are_rejected() {
    let packed = &**PACKED;
    let error = |bytes: &[u8]| Knowledge::unpack(bytes).expect_err("damaged").to_string();
    assert!(error(b"").contains("too short"));
    assert!(error(b"<!DOCTYPE html><html>").contains("not a knowledge file"));
    assert!(Knowledge::unpack(&packed[..packed.len() - 1]).is_err());
    assert!(error(&[packed, &[0]].concat()).contains("too long"));
    let mut bytes = packed.to_vec();
    *bytes.last_mut().unwrap() = 243;
    assert!(error(&bytes).contains("an unknown grade"));
    for change in [1, u8::MAX] {
        let mut bytes = packed.to_vec();
        bytes[12] = bytes[12].wrapping_add(change);
        assert!(Knowledge::unpack(&bytes).is_err());
    }
    let mut bytes = packed.to_vec();
    bytes[20] = 0xff;
    assert!(matches!(
        Knowledge::unpack(&bytes),
        Err(UnpackError::Encoding(_))
    ));
}
