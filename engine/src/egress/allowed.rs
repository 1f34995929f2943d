//! What may be reached although it is inside: names, addresses and networks.

use std::net::IpAddr;

/// The list of the allowed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allowed {
    names: Vec<String>,
    networks: Vec<(IpAddr, u8)>,
}

impl Allowed {
    /// Reads names, addresses and networks as `10.0.0.0/8`, separated by commas or spaces.
    ///
    /// # Errors
    /// What can not be read, in words.
    ///
    /// ```
    /// # use engine::egress::Allowed;
    /// let allowed = Allowed::parse("chat.internal, 10.1.0.0/16 ::1").unwrap();
    /// assert!(allowed.name("CHAT.internal") && allowed.address("10.1.255.1".parse().unwrap()));
    /// assert!(!allowed.address("10.2.0.1".parse().unwrap()));
    /// assert!(Allowed::parse("10.0.0.0/33").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Allowed, String> {
        let mut allowed = Allowed::default();
        for entry in text.split([',', ' ', '\n']).map(str::trim).filter(|entry| !entry.is_empty()) {
            allowed.add(entry)?;
        }
        Ok(allowed)
    }

    /// Adds one entry of the list.
    ///
    /// # Errors
    /// As [`Allowed::parse`].
    pub fn add(&mut self, entry: &str) -> Result<(), String> {
        let (address, bits) = entry.split_once('/').map_or((entry, None), |(ip, bits)| (ip, Some(bits)));
        let plain = address.trim_start_matches('[').trim_end_matches(']');
        match (plain.parse::<IpAddr>(), bits) {
            (Ok(ip), None) => self.networks.push((ip, width(ip))),
            (Ok(ip), Some(bits)) => match bits.parse() {
                Ok(bits) if bits <= width(ip) => self.networks.push((ip, bits)),
                _ => return Err(format!("`{entry}` is no network, as 10.0.0.0/8")),
            },
            (Err(_), None) if is_name(entry) => self.names.push(entry.to_ascii_lowercase()),
            _ => return Err(format!("`{entry}` is no name, address or network")),
        }
        Ok(())
    }

    /// Whether the addresses of a name may be reached, wherever they are.
    pub fn name(&self, host: &str) -> bool {
        self.names.iter().any(|name| name.eq_ignore_ascii_case(host))
    }

    /// Whether an address may be reached.
    pub fn address(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        self.networks.iter().any(|(network, bits)| match (network.to_canonical(), ip) {
            (IpAddr::V4(a), IpAddr::V4(b)) => same(a.to_bits().into(), b.to_bits().into(), 32, *bits),
            (IpAddr::V6(a), IpAddr::V6(b)) => same(a.to_bits(), b.to_bits(), 128, *bits),
            _ => false,
        })
    }
}

fn width(ip: IpAddr) -> u8 {
    if ip.is_ipv4() { 32 } else { 128 }
}

/// Whether the first `bits` of two addresses of so many bits are the same.
fn same(a: u128, b: u128, width: u8, bits: u8) -> bool {
    let rest = u32::from(width.saturating_sub(bits));
    (a ^ b).checked_shr(rest).unwrap_or(0) == 0
}

fn is_name(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c))
}
