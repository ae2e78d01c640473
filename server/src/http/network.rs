//! The network of a client, by which the server counts requests and connections.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The addresses that count as one client: an IPv4 address, or a /64 of IPv6, since one customer usually has a whole /64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Network(IpAddr);

/// The first 96 bits of an IPv4 address behind NAT64 (RFC 6052).
const NAT64: [u16; 6] = [0x64, 0xff9b, 0, 0, 0, 0];

impl Network {
    /// The network of this address.
    ///
    /// A socket at `[::]` shows IPv4 clients as `::ffff:1.2.3.4`, and a network without IPv4 as `64:ff9b::1.2.3.4`. By
    /// their first 64 bits all of them would be one client.
    pub(crate) fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(v6) if v6.segments().starts_with(&NAT64) => {
                let [.., a, b, c, d] = v6.octets();
                IpAddr::from([a, b, c, d])
            }
            IpAddr::V6(v6) => {
                let mut segments = v6.segments();
                segments[4..].fill(0);
                IpAddr::V6(Ipv6Addr::from(segments))
            }
            v4 => v4,
        })
    }

    /// The network of an entry of X-Forwarded-For. Some proxies add the port, and brackets around IPv6.
    pub(crate) fn forwarded(entry: &str) -> Option<Self> {
        let entry = entry.trim();
        let bare = entry
            .strip_prefix('[')
            .and_then(|entry| entry.strip_suffix(']'))
            .unwrap_or(entry);
        let address = bare.parse();
        let address = address.or_else(|_| entry.parse().map(|socket: SocketAddr| socket.ip()));
        address.ok().map(Self::of)
    }
}

#[cfg(test)]
mod tests {
    use super::Network;

    fn of(address: &str) -> Network {
        Network::of(address.parse().unwrap())
    }

    #[test]
    fn one_customer_is_one_network() {
        for (a, b, is_same) in [
            ("1.2.3.4", "1.2.3.4", true),
            ("1.2.3.4", "1.2.3.5", false),
            ("::ffff:1.2.3.4", "1.2.3.4", true),
            ("::ffff:1.2.3.4", "::ffff:1.2.3.5", false),
            ("::ffff:102:304", "1.2.3.4", true),
            ("64:ff9b::1.2.3.4", "1.2.3.4", true),
            ("64:ff9b::1.2.3.4", "64:ff9b::1.2.3.5", false),
            ("2001:db8::1", "2001:db8::ffff:0:0:2", true),
            ("2001:db8::1", "2001:db8:0:1::1", false),
            ("::1", "127.0.0.1", false),
        ] {
            assert_eq!(of(a) == of(b), is_same, "{a} and {b}");
        }
    }

    #[test]
    fn entries_of_proxies_may_have_ports_and_brackets() {
        for (entry, address) in [
            ("1.2.3.4", "1.2.3.4"),
            (" 1.2.3.4\t", "1.2.3.4"),
            ("1.2.3.4:567", "1.2.3.4"),
            ("::ffff:1.2.3.4", "1.2.3.4"),
            ("[::ffff:1.2.3.4]:567", "1.2.3.4"),
            ("2001:db8::1", "2001:db8::"),
            ("[2001:db8::1]", "2001:db8::"),
            ("[2001:db8::1]:443", "2001:db8::"),
            ("[2001:DB8::1]:0", "2001:db8::"),
        ] {
            assert_eq!(Network::forwarded(entry), Some(of(address)), "{entry}");
        }
        for entry in [
            "",
            "unknown",
            "_hidden",
            "1.2.3",
            "1.2.3.4:",
            "1.2.3.4:x",
            "1.2.3.4:65536",
            "[1.2.3.4",
            "[]",
            "[::1]:",
            "::1]",
            "example.com",
            "1.2.3.4 5.6.7.8",
        ] {
            assert_eq!(Network::forwarded(entry), None, "{entry}");
        }
    }
}
