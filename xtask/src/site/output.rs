//! The folder being filled: hashed names, compressed copies, the manifest and the service worker.

use std::{collections::BTreeMap, fs, io::Write as _, path::Path, path::PathBuf};

use anyhow::Context as _;
use flate2::{Compression, write::GzEncoder};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

pub struct Output {
    folder: PathBuf,
    brotli_quality: u32,
    /// Name in the sources -> address in the browser.
    files: BTreeMap<String, String>,
    /// Lazy function -> file stems under `/assets/` that it needs, so that the server can preload them.
    pub parts: BTreeMap<String, Vec<String>>,
    /// Over all names and contents: changes exactly when something the browser loads changed.
    version: Sha256,
}

#[derive(Serialize)]
struct Manifest<'a> {
    files: &'a BTreeMap<String, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    parts: BTreeMap<String, Vec<String>>,
    version: &'a str,
}

impl Output {
    pub fn create(folder: &Path, brotli_quality: u32) -> anyhow::Result<Self> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        Ok(Self {
            folder: folder.to_path_buf(),
            brotli_quality,
            files: BTreeMap::new(),
            parts: BTreeMap::new(),
            version: Sha256::new(),
        })
    }

    /// Writes `content` under `/assets/` with its hash in the name; answers the address.
    pub fn add_hashed(&mut self, name: &str, content: &[u8]) -> anyhow::Result<String> {
        let path = hashed_path(name, content);
        self.add_named(name, &path, content)
    }

    /// Writes `content` at exactly `path`; answers the address.
    pub fn add_named(&mut self, name: &str, path: &str, content: &[u8]) -> anyhow::Result<String> {
        self.version.update(path);
        self.version.update(content);
        let address = format!("/{path}");
        self.files.insert(name.to_owned(), address.clone());
        self.write(path, content)?;
        Ok(address)
    }

    /// Replaces every address of a source file (`/fonts/inter.woff2`) by the one it is served at. Longer names go
    /// first, so that a name that begins another one does not damage it.
    pub fn rewrite(&self, text: &str) -> String {
        let mut files: Vec<_> =
            self.files.iter().filter(|(name, address)| address[1..] != name[..]).collect();
        files.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        files
            .into_iter()
            .fold(text.to_owned(), |text, (name, address)| text.replace(&format!("/{name}"), address))
    }

    /// Writes `manifest.json`, and `sw.js` with the same manifest as `self.CANDLEWICK` on top.
    pub fn finish(mut self, service_worker: &Path) -> anyhow::Result<()> {
        let version = format!("{:x}", self.version.clone().finalize())[..16].to_owned();
        let parts = std::mem::take(&mut self.parts);
        let mut manifest = Manifest { files: &self.files, parts: BTreeMap::new(), version: &version };
        if service_worker.is_file() {
            let code = fs::read_to_string(service_worker)?;
            let code = format!("self.CANDLEWICK = {};\n{code}", serde_json::to_string(&manifest)?);
            self.write("sw.js", code.as_bytes())?;
        }
        manifest.parts = parts;
        fs::write(self.folder.join("manifest.json"), serde_json::to_string_pretty(&manifest)?)?;
        Ok(())
    }

    fn write(&self, path: &str, content: &[u8]) -> anyhow::Result<()> {
        let file = self.folder.join(path);
        fs::create_dir_all(file.parent().context("a file has a folder")?)?;
        fs::write(&file, content)?;
        if is_text(path) || path.ends_with(".wasm") {
            fs::write(self.folder.join(format!("{path}.br")), brotli(content, self.brotli_quality)?)?;
            fs::write(self.folder.join(format!("{path}.gz")), gzip(content)?)?;
        }
        Ok(())
    }
}

/// Files that shrink and are read as UTF-8.
pub fn is_text(name: &str) -> bool {
    [".js", ".css", ".svg", ".html", ".webmanifest", ".json", ".txt"].iter().any(|end| name.ends_with(end))
}

/// `style/main.css` -> `assets/main.<12 hex digits>.css`.
fn hashed_path(name: &str, content: &[u8]) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, "bin"));
    format!("assets/{stem}.{}.{extension}", hash(content))
}

/// The 12 hex digits a name carries.
pub fn hash(content: &[u8]) -> String {
    format!("{:x}", Sha256::digest(content))[..12].to_owned()
}

fn brotli(content: &[u8], quality: u32) -> anyhow::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    brotli::CompressorWriter::new(&mut compressed, 1 << 16, quality, 22).write_all(content)?;
    Ok(compressed)
}

fn gzip(content: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hashed_name_keeps_stem_and_extension_and_changes_with_the_content() {
        let one = hashed_path("style/main.css", b"a{}");
        assert!(one.starts_with("assets/main.") && one.ends_with(".css"), "{one}");
        assert_ne!(one, hashed_path("style/main.css", b"b{}"));
    }

    #[test]
    fn references_are_rewritten_to_the_served_addresses() -> anyhow::Result<()> {
        let folder = std::env::temp_dir().join(format!("candlewick-site-{}", std::process::id()));
        let mut output = Output::create(&folder, 1)?;
        let font = output.add_hashed("fonts/inter.woff2", b"font")?;
        output.add_named("offline.html", "offline.html", b"offline")?;
        let css = output.rewrite("src:url(/fonts/inter.woff2)} /offline.html");
        assert_eq!(css, format!("src:url({font})}} /offline.html"));
        Ok(fs::remove_dir_all(folder)?)
    }
}
