use super::*;
use crate::testing::{engine, member};
use uuid::Uuid;
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{header_exists, header_regex, method, path},
};

async fn two_keys() -> (Key, Key) {
    let engine = engine().await;
    let (ada, eve) = (member(&engine, "a@b.co").await, member(&engine, "b@b.co").await);
    let id = ReportId(Uuid::now_v7());
    (Key::report(&ada, id), Key::report(&eve, id))
}

#[tokio::test]
async fn the_same_report_id_of_two_tenants_is_two_files() {
    let folder = tempfile::tempdir().unwrap();
    let url = Url::from_directory_path(folder.path()).unwrap();
    let objects = Objects::open(url.as_str(), &BucketKey::default()).unwrap();
    let (ada, eve) = two_keys().await;
    objects.put(&ada, Bytes::from_static(b"ada's")).await.unwrap();
    assert_eq!(objects.get(&eve).await.unwrap(), None);
    objects.put(&eve, Bytes::from_static(b"eve's")).await.unwrap();
    assert_eq!(objects.get(&ada).await.unwrap().unwrap(), "ada's");
    objects.put(&ada, Bytes::from_static(b"newer")).await.unwrap();
    assert_eq!(objects.get(&ada).await.unwrap().unwrap(), "newer");
    objects.delete(&ada).await.unwrap();
    objects.delete(&ada).await.unwrap();
    assert_eq!(objects.get(&ada).await.unwrap(), None);
    assert_eq!(objects.get(&eve).await.unwrap().unwrap(), "eve's");
}

#[tokio::test]
async fn a_bucket_is_asked_with_a_signature_under_its_prefix() {
    let server = MockServer::start().await;
    let (ada, _) = two_keys().await;
    let place = format!("/files/of/us/{ada}");
    let signed = "^AWS4-HMAC-SHA256 Credential=PUBLIC/";
    Mock::given(method("PUT"))
        .and(path(&place))
        .and(header_regex("authorization", signed))
        .and(header_exists("x-amz-date"))
        .respond_with(ResponseTemplate::new(200).insert_header("etag", "\"1\""))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(method("GET")).respond_with(ResponseTemplate::new(404)).mount(&server).await;
    let address = format!("s3://files/of/us?region=eu-central-1&endpoint={}", server.uri());
    let key = BucketKey { id: Some("PUBLIC".into()), secret: Some("hidden-half".into()) };
    let objects = Objects::open(&address, &key).unwrap();
    objects.put(&ada, Bytes::from_static(b"pdf")).await.unwrap();
    assert_eq!(objects.get(&ada).await.unwrap(), None);
    assert!(!format!("{objects:?}").contains("hidden-half"));
}

#[test]
fn an_address_that_names_nothing_is_refused_in_words() {
    for bad in ["", "reports", "ftp://x/y", "s3://", "s3://b?colour=red", "file://host/x"] {
        assert!(Objects::open(bad, &BucketKey::default()).is_err(), "{bad}");
    }
}
