//! stub for measuring
fn main() {
    let args: Vec<std::path::PathBuf> = std::env::args_os().skip(1).map(Into::into).collect();
    let walk = polinorm::source::walk(&args);
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    for file in walk.files {
        let Ok(source) = file.load() else { continue };
        if polinorm::read::READERS.iter().all(|r| r.media_type() != source.media_type) {
            continue;
        }
        if let Ok(d) = polinorm::extract(&source, &Default::default()) {
            writeln!(out, "{}", serde_json::to_string(&d).unwrap()).unwrap();
        }
    }
}
