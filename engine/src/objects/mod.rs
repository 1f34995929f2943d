//! Where files are kept that are no rows: a folder, or a bucket of S3 or of what speaks like it.
//!
//! A [`Key`] is made of ids alone, and of those of one tenant: no text that somebody typed is ever part of a path.

use crate::{Cx, Error, Result};
use bytes::Bytes;
use domain::report::ReportId;
use object_store::{
    Error as StoreError, ObjectStore, ObjectStoreExt as _, PutPayload, aws::AmazonS3Builder,
    local::LocalFileSystem, memory::InMemory, path::Path, prefix::PrefixStore,
};
use std::{fmt, sync::Arc};
use url::Url;
use uuid::Uuid;

const BACKUPS: &str = "backups";

/// Files; clones share the connections.
#[derive(Clone)]
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    words: String,
}

impl fmt::Debug for Objects {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

/// Who may read and write a bucket.
#[derive(Clone, Default)]
pub struct BucketKey {
    /// The public half.
    pub id: Option<String>,
    /// The secret half.
    pub secret: Option<String>,
}

/// The place of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key(Path);

impl Key {
    /// The PDF of a report of the caller's tenant.
    pub fn report(cx: &Cx, id: ReportId) -> Key {
        Key(Path::from_iter(["tenants", &cx.tenant.0.to_string(), "reports", &format!("{}.pdf", id.0)]))
    }

    /// A file of a copy of the database: of no tenant, and named by the program alone.
    pub(crate) fn backup(id: Uuid, file: &str) -> Key {
        Key(Path::from_iter([BACKUPS, &id.to_string(), file]))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Objects {
    /// Opens what an address names:
    ///
    /// - `file:///path`: a folder, made when it is missing.
    /// - `s3://bucket/prefix?region=eu-central-1`: a bucket; `&endpoint=https://host` for what only speaks like S3,
    ///   with the bucket in the path. Without a key the usual variables and roles of AWS are tried.
    ///
    /// # Errors
    /// In words, without the key, when the address can not be read or the folder not be made.
    pub fn open(address: &str, key: &BucketKey) -> std::result::Result<Objects, String> {
        let url = Url::parse(address).map_err(|_| "is neither file:///path nor s3://bucket".to_string())?;
        match url.scheme() {
            "file" => {
                let folder =
                    url.to_file_path().map_err(|()| "names no folder: write file:///path".to_string())?;
                Objects::folder(&folder)
            }
            "s3" => Objects::bucket(&url, key),
            _ => Err("is neither file:///path nor s3://bucket".into()),
        }
    }

    /// A folder, made when it is missing.
    ///
    /// # Errors
    /// In words, when it can not be made.
    pub fn folder(folder: &std::path::Path) -> std::result::Result<Objects, String> {
        std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let store = LocalFileSystem::new_with_prefix(folder)
            .map_err(|error| format!("{}: {error}", folder.display()))?
            .with_automatic_cleanup(true);
        Ok(Objects { store: Arc::new(store), words: format!("the folder {}", folder.display()) })
    }

    /// Forgets everything with the program; for tests.
    pub fn memory() -> Objects {
        Objects { store: Arc::new(InMemory::new()), words: "memory".into() }
    }

    fn bucket(url: &Url, key: &BucketKey) -> std::result::Result<Objects, String> {
        // One provider of cryptography serves everything that speaks TLS; whoever is first installs it.
        rustls::crypto::ring::default_provider().install_default().ok();
        let bucket = url.host_str().ok_or("names no bucket")?;
        let mut builder = AmazonS3Builder::from_env().with_bucket_name(bucket);
        for (name, value) in url.query_pairs() {
            builder = match &*name {
                "region" => builder.with_region(value),
                "endpoint" => builder
                    .with_allow_http(value.starts_with("http://"))
                    .with_endpoint(value)
                    .with_virtual_hosted_style_request(false),
                other => return Err(format!("`{other}` is neither region nor endpoint")),
            };
        }
        if let (Some(id), Some(secret)) = (&key.id, &key.secret) {
            builder = builder.with_access_key_id(id).with_secret_access_key(secret);
        }
        // Its own words could repeat the key.
        let store = builder.build().map_err(|_| "does not describe a bucket that can be used".to_string())?;
        let prefix = url.path().trim_matches('/');
        let words = format!("the bucket {bucket}");
        let store: Arc<dyn ObjectStore> = match prefix {
            "" => Arc::new(store),
            prefix => Arc::new(PrefixStore::new(store, Path::from(prefix))),
        };
        Ok(Objects { store, words })
    }

    /// Keeps a file, in the place of one that was there.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the store does not answer or does not let us.
    pub async fn put(&self, key: &Key, bytes: Bytes) -> Result<()> {
        self.store.put(&key.0, PutPayload::from_bytes(bytes)).await.map(|_| ()).map_err(|e| self.broken(&e))
    }

    /// A file; `None` when there is none.
    ///
    /// # Errors
    /// As [`Objects::put`].
    pub async fn get(&self, key: &Key) -> Result<Option<Bytes>> {
        let found = match self.store.get(&key.0).await {
            Ok(found) => found.bytes().await,
            Err(error) => Err(error),
        };
        match found {
            Ok(bytes) => Ok(Some(bytes)),
            Err(StoreError::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.broken(&error)),
        }
    }

    /// Removes a file; one that is not there is as good as removed.
    ///
    /// # Errors
    /// As [`Objects::put`].
    pub async fn delete(&self, key: &Key) -> Result<()> {
        match self.store.delete(&key.0).await {
            Ok(()) | Err(StoreError::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.broken(&error)),
        }
    }

    /// Copies of the database, oldest first, those that are not whole included.
    ///
    /// # Errors
    /// As [`Objects::put`].
    pub(crate) async fn backups(&self) -> Result<Vec<Uuid>> {
        let found = self.store.list_with_delimiter(Some(&Path::from(BACKUPS))).await;
        let found = found.map_err(|error| self.broken(&error))?.common_prefixes;
        let mut ids: Vec<Uuid> = found.iter().filter_map(|path| path.filename()?.parse().ok()).collect();
        ids.sort();
        Ok(ids)
    }

    fn broken(&self, error: &StoreError) -> Error {
        tracing::warn!(%error, store = self.words, "the object store failed");
        Error::Unavailable(format!("the object store ({})", self.words))
    }
}

#[cfg(test)]
mod tests;
