//! Copies of the database in the object store: a whole one each week, and every quarter of an hour what changed since.
//!
//! SQLite writes a consistent copy of itself, which is cut into blocks; a block that the copy before has is named and
//! not kept again. A copy counts once its manifest is there, which is written last, so one that was interrupted is none.
//! Four weeks are kept. PostgreSQL is dumped whole each week by `pg_dump`; between two dumps its own archive of the
//! write-ahead log does better than anybody outside could.

mod blocks;
mod copy;

use crate::{Engine, Error, Result, objects::Key};
use blocks::Block;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
};
use uuid::Uuid;

/// Whole copies that are kept, with what stands on them.
const WHOLE_KEPT: usize = 4;

/// The backups of an [`Engine`].
pub struct Backups<'a>(&'a Engine);

impl Engine {
    /// Copies of the database.
    pub fn backups(&self) -> Backups<'_> {
        Backups(self)
    }
}

/// A copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Backup {
    /// Which; later ones are greater.
    pub id: Uuid,
    /// Wall time.
    pub at: DateTime<Utc>,
    /// Stands on no other.
    pub whole: bool,
    /// What restoring it gives.
    pub kind: Kind,
    /// Of what it restores to.
    pub size_bytes: u64,
    /// What it took in the store.
    pub stored_bytes: u64,
}

/// What restoring a copy gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// A database file, for `CANDLEWICK_DATABASE_URL`.
    Sqlite,
    /// An archive for `pg_restore`.
    PgDump,
}

/// How a copy is put together again.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Manifest {
    id: Uuid,
    at: DateTime<Utc>,
    whole: bool,
    kind: Kind,
    size_bytes: u64,
    stored_bytes: u64,
    /// Of the whole file, in hex.
    sha256: String,
    /// Files of blocks of its own, numbered from 0.
    parts: u32,
    blocks: Vec<Block>,
}

impl From<&Manifest> for Backup {
    fn from(of: &Manifest) -> Backup {
        let Manifest { id, at, whole, kind, size_bytes, stored_bytes, .. } = *of;
        Backup { id, at, whole, kind, size_bytes, stored_bytes }
    }
}

impl Backups<'_> {
    /// Copies the database, whole or what changed; the first copy is always whole. `None` when nothing changed, or
    /// for changes of PostgreSQL.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when disk or store refuse; [`Error::Conflict`] where `pg_dump` is missing.
    pub async fn make(&self, whole: bool) -> Result<Option<Backup>> {
        let db = self.0.db();
        let before = match whole {
            true => None,
            false => self.newest().await?,
        };
        let kind = copy::kind(db);
        if !whole && kind == Kind::PgDump {
            return Ok(None);
        }
        let copied = copy::copy(db).await?;
        let (id, at) = (Uuid::now_v7(), self.0.clock().now());
        let known: HashMap<String, Block> = before
            .iter()
            .flat_map(|manifest| &manifest.blocks)
            .map(|block| (block.sha256.clone(), block.clone()))
            .collect();
        let (mut cutter, mut parts, mut stored_bytes) =
            (blocks::Cutter::open(copied.path(), id, known)?, 0, 0);
        loop {
            let (returned, part) = crate::analysis::blocking(move || {
                let part = cutter.part();
                (cutter, part)
            })
            .await?;
            cutter = returned;
            let part = part?;
            if part.is_empty() {
                break;
            }
            stored_bytes += part.len() as u64;
            self.0.objects().put(&Key::backup(id, &format!("part-{parts}")), Bytes::from(part)).await?;
            parts += 1;
        }
        let (sha256, size_bytes, blocks) = cutter.finish();
        if before.as_ref().is_some_and(|before| before.sha256 == sha256) {
            return Ok(None);
        }
        let whole = before.is_none();
        let manifest = Manifest { id, at, whole, kind, size_bytes, stored_bytes, sha256, parts, blocks };
        let packed = blocks::pack(&serde_json::to_vec(&manifest)?)?;
        self.0.objects().put(&manifest_key(id), Bytes::from(packed)).await?;
        if whole {
            self.forget_old().await?;
        }
        Ok(Some(Backup::from(&manifest)))
    }

    /// Every copy, oldest first.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the store does not answer.
    pub async fn list(&self) -> Result<Vec<Backup>> {
        let mut all = Vec::new();
        for id in self.0.objects().backups().await? {
            all.extend(self.manifest(id).await?.as_ref().map(Backup::from));
        }
        Ok(all)
    }

    /// Writes a copy, the newest without an id, to a file that is not there yet, and holds it against its hash.
    ///
    /// # Errors
    /// [`Error::NotFound`] without such a copy; [`Error::Conflict`] where the file is there; [`Error::Internal`] when
    /// something in the store is not what was kept: then no file is left.
    pub async fn restore(&self, id: Option<Uuid>, to: &Path) -> Result<Backup> {
        let manifest = match id {
            Some(id) => self.manifest(id).await?,
            None => self.newest().await?,
        };
        let manifest = manifest.ok_or(Error::NotFound("the backup"))?;
        let mut places: BTreeMap<(Uuid, u32), Vec<u64>> = BTreeMap::new();
        for (at, block) in (0_u64..).zip(&manifest.blocks) {
            places.entry((block.pack, block.part)).or_default().push(at);
        }
        let mut joiner = blocks::Joiner::create(to)?;
        for ((pack, part), at) in places {
            let key = Key::backup(pack, &format!("part-{part}"));
            let bytes = self.0.objects().get(&key).await?.ok_or_else(|| blocks::damaged(&key.to_string()))?;
            let wanted: Vec<(u64, Block)> =
                at.into_iter().map(|at| (at, manifest.blocks[at as usize].clone())).collect();
            joiner =
                crate::analysis::blocking(move || joiner.write(&bytes, &wanted).map(|()| joiner)).await??;
        }
        let (size, sha256) = (manifest.size_bytes, manifest.sha256.clone());
        crate::analysis::blocking(move || joiner.finish(size, &sha256)).await??;
        Ok(Backup::from(&manifest))
    }

    async fn newest(&self) -> Result<Option<Manifest>> {
        for id in self.0.objects().backups().await?.into_iter().rev() {
            if let Some(manifest) = self.manifest(id).await? {
                return Ok(Some(manifest));
            }
        }
        Ok(None)
    }

    async fn manifest(&self, id: Uuid) -> Result<Option<Manifest>> {
        let Some(packed) = self.0.objects().get(&manifest_key(id)).await? else { return Ok(None) };
        let text = blocks::unpack(&packed).map_err(|_| blocks::damaged(&manifest_key(id).to_string()))?;
        Ok(Some(serde_json::from_slice(&text)?))
    }

    /// Removes what is older than the oldest whole copy that is kept; the manifest first, so that none is left that
    /// can not be restored.
    async fn forget_old(&self) -> Result<()> {
        let mut manifests = Vec::new();
        for id in self.0.objects().backups().await? {
            manifests.extend(self.manifest(id).await?);
        }
        let whole: Vec<Uuid> =
            manifests.iter().filter(|manifest| manifest.whole).map(|manifest| manifest.id).collect();
        let Some(oldest) = whole.len().checked_sub(WHOLE_KEPT).map(|at| whole[at]) else { return Ok(()) };
        for old in manifests.iter().filter(|manifest| manifest.id < oldest) {
            self.0.objects().delete(&manifest_key(old.id)).await?;
            for part in 0..old.parts {
                self.0.objects().delete(&Key::backup(old.id, &format!("part-{part}"))).await?;
            }
        }
        Ok(())
    }
}

fn manifest_key(id: Uuid) -> Key {
    Key::backup(id, "manifest.gz")
}

#[cfg(test)]
mod tests;
