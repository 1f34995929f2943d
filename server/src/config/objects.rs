//! Where files are kept.

use super::{Data, Setting, Values, http::on_or_off};
use engine::objects::{BucketKey, Objects};

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        name: "OBJECT_STORE_URL",
        default: "objects in the data folder",
        secret: false,
        explain: "Where reports and copies of the database are kept: file:///path, or s3://bucket/prefix?region=eu-central-1, with \
                  &endpoint=https://host for what speaks like S3.",
    },
    Setting {
        name: "BACKUPS",
        default: "on",
        secret: false,
        explain: "on: what changed in the database is copied to where reports are kept every 15 minutes, the whole each \
                  Sunday; four weeks are kept. off: you do it by other means.",
    },
    Setting {
        name: "OBJECT_STORE_KEY_ID",
        default: "the usual variables and roles of AWS",
        secret: true,
        explain: "The public half of the key to the bucket.",
    },
    Setting {
        name: "OBJECT_STORE_SECRET",
        default: "the usual variables and roles of AWS",
        secret: true,
        explain: "The secret half of the key to the bucket.",
    },
];

/// The section.
#[derive(Clone)]
pub struct Files {
    address: Option<String>,
    key: BucketKey,
    /// Whether the schedule copies the database there.
    pub backups: bool,
}

/// Without the key.
impl std::fmt::Debug for Files {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Files").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Files {
    pub(super) fn read(values: &mut Values) -> Files {
        let key = BucketKey {
            id: values.get("OBJECT_STORE_KEY_ID").map(str::to_string),
            secret: values.get("OBJECT_STORE_SECRET").map(str::to_string),
        };
        if key.id.is_some() != key.secret.is_some() {
            values.problem(
                "OBJECT_STORE_KEY_ID",
                "a key has two halves: set OBJECT_STORE_SECRET too, or neither",
            );
        }
        let address = values.parse("OBJECT_STORE_URL", |text| {
            let fits = text.starts_with("file:///") || text.starts_with("s3://");
            fits.then(|| text.to_string()).ok_or("is neither file:///path nor s3://bucket".to_string())
        });
        let backups = values.parse("BACKUPS", on_or_off).unwrap_or(true);
        Files { address, key, backups }
    }

    /// Opens the store.
    ///
    /// # Errors
    /// In words, without the key.
    pub fn open(&self, data: &Data) -> Result<Objects, String> {
        match &self.address {
            Some(address) => Objects::open(address, &self.key),
            None => Objects::folder(&data.dir.join("objects")),
        }
    }
}
