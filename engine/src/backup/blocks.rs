//! A file as blocks: cut, told apart by their hash, packed; and put together again.

use crate::{Error, Result, hex::hex};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashMap,
    fs::{File, OpenOptions},
    io::{Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};
use uuid::Uuid;

/// Sixteen pages of SQLite.
const BLOCK_BYTES: usize = 64 * 1024;
/// A part is sent once it has grown beyond this.
const PART_BYTES: usize = 16 * 1024 * 1024;

/// Where a block of a copy is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Block {
    /// Of what it unpacks to, in hex.
    pub(super) sha256: String,
    /// The copy that brought it.
    pub(super) pack: Uuid,
    /// Its part.
    pub(super) part: u32,
    /// Its place in the part.
    pub(super) at: u64,
    /// Packed.
    pub(super) bytes: u64,
}

/// Reads a file block by block and packs those that are not known.
pub(super) struct Cutter {
    file: File,
    pack: Uuid,
    part: u32,
    known: HashMap<String, Block>,
    blocks: Vec<Block>,
    size: u64,
    whole: Sha256,
}

impl Cutter {
    pub(super) fn open(path: &Path, pack: Uuid, known: HashMap<String, Block>) -> Result<Cutter> {
        let file = File::open(path).map_err(|error| disk(&error))?;
        Ok(Cutter { file, pack, part: 0, known, blocks: Vec::new(), size: 0, whole: Sha256::new() })
    }

    /// The next part; an empty one at the end of the file.
    pub(super) fn part(&mut self) -> Result<Vec<u8>> {
        let mut out = Vec::new();
        while out.len() < PART_BYTES {
            let mut block = Vec::with_capacity(BLOCK_BYTES);
            let limited = (&mut self.file).take(BLOCK_BYTES as u64).read_to_end(&mut block);
            if limited.map_err(|error| disk(&error))? == 0 {
                break;
            }
            self.size += block.len() as u64;
            self.whole.update(&block);
            let sha256 = hex(&Sha256::digest(&block));
            if let Some(known) = self.known.get(&sha256) {
                self.blocks.push(known.clone());
                continue;
            }
            let packed = pack(&block)?;
            let (at, bytes) = (out.len() as u64, packed.len() as u64);
            let found = Block { sha256: sha256.clone(), pack: self.pack, part: self.part, at, bytes };
            out.extend_from_slice(&packed);
            self.known.insert(sha256, found.clone());
            self.blocks.push(found);
        }
        self.part += 1;
        Ok(out)
    }

    /// Hash and size of the whole file, and its blocks in their order.
    pub(super) fn finish(self) -> (String, u64, Vec<Block>) {
        (hex(&self.whole.finalize()), self.size, self.blocks)
    }
}

/// Writes a file from its blocks, in any order, beside its place until it is whole.
pub(super) struct Joiner {
    to: PathBuf,
    partial: Partial,
    file: File,
}

/// A file that goes unless it is kept.
struct Partial(Option<PathBuf>);

impl Drop for Partial {
    fn drop(&mut self) {
        if let Some(path) = self.0.take()
            && let Err(error) = std::fs::remove_file(&path)
        {
            tracing::warn!(%error, path = %path.display(), "a file that is not whole stays behind");
        }
    }
}

impl Joiner {
    pub(super) fn create(to: &Path) -> Result<Joiner> {
        if to.exists() {
            return Err(Error::Conflict(format!("{} is there already; name another file", to.display())));
        }
        let mut name = to.as_os_str().to_owned();
        name.push(".partial");
        let path = PathBuf::from(name);
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(true).open(&path);
        let file = file.map_err(|error| disk(&error))?;
        Ok(Joiner { to: to.to_path_buf(), partial: Partial(Some(path)), file })
    }

    /// Writes the blocks of one part; each with its place in the file, counted in blocks.
    pub(super) fn write(&mut self, part: &[u8], wanted: &[(u64, Block)]) -> Result<()> {
        for (place, block) in wanted {
            let end = block.at.checked_add(block.bytes).and_then(|end| usize::try_from(end).ok());
            let packed = end.and_then(|end| part.get(block.at as usize..end));
            let bytes =
                packed.and_then(|packed| unpack(packed).ok()).ok_or_else(|| damaged(&block.sha256))?;
            if hex(&Sha256::digest(&bytes)) != block.sha256 {
                return Err(damaged(&block.sha256));
            }
            self.file.seek(SeekFrom::Start(place * BLOCK_BYTES as u64)).map_err(|error| disk(&error))?;
            self.file.write_all(&bytes).map_err(|error| disk(&error))?;
        }
        Ok(())
    }

    /// Holds the whole against its hash and puts it into its place.
    pub(super) fn finish(mut self, size: u64, sha256: &str) -> Result<()> {
        self.file.seek(SeekFrom::Start(0)).map_err(|error| disk(&error))?;
        let (mut whole, mut read) = (Sha256::new(), 0);
        let mut buffer = vec![0; BLOCK_BYTES];
        loop {
            let count = self.file.read(&mut buffer).map_err(|error| disk(&error))?;
            if count == 0 {
                break;
            }
            whole.update(&buffer[..count]);
            read += count as u64;
        }
        if read != size || hex(&whole.finalize()) != sha256 {
            return Err(damaged(sha256));
        }
        self.file.sync_all().map_err(|error| disk(&error))?;
        if let Some(path) = &self.partial.0 {
            std::fs::rename(path, &self.to).map_err(|error| disk(&error))?;
        }
        self.partial.0 = None;
        Ok(())
    }
}

/// Compressed.
pub(super) fn pack(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).and_then(|()| packer.finish()).map_err(|error| disk(&error))
}

/// Reads back [`pack`].
pub(super) fn unpack(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut out).map(|_| out)
}

pub(super) fn damaged(what: &str) -> Error {
    Error::Internal(format!("{what} of a backup is missing or not what was kept"))
}

fn disk(error: &std::io::Error) -> Error {
    Error::Unavailable(format!("the disk ({error})"))
}
