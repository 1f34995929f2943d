//! How much memory a measured run takes.

use std::fs;

/// What the process holds now; 0 where the system does not tell.
pub fn resident_mb() -> u64 {
    status_mb("VmRSS:")
}

/// The most the process has held; 0 where the system does not tell.
pub fn peak_mb() -> u64 {
    status_mb("VmHWM:")
}

fn status_mb(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
}
