//! How much work one document may cost. Counted and never timed, so that a file gives the same result on every machine.

use std::io::Read;

use super::content::{Cost, MAX_CONTENT};
use super::engine::Failure;
use super::filters::Filter;
use crate::error::Code;

/// Most glyphs of a document: some 2,000 full pages, ten times the longest real policies.
const MAX_GLYPHS: usize = 5_000_000;

/// Most operations of a document: elements of paths, runs of glyphs, marks, pictures. A dense real page has some 5,000.
const MAX_OPERATIONS: usize = 20_000_000;

/// What a clip counts for. Each use of a form opens with one, and a form is unpacked and parsed again at each use: forms that use
/// one another double the work with each level, and nothing else of them may be seen.
const OPERATIONS_OF_A_CLIP: usize = 50;

/// What a page counts for, even a blank one: the page tree may name one page many times.
pub const OPERATIONS_OF_A_PAGE: usize = 100;

/// Most bytes that one stream may unpack to: a picture of a page of A3 at 600 dots an inch in three colours is smaller.
const MAX_STREAM: u64 = 256 << 20;

/// Most bytes that all streams but pictures, which nobody unpacks, may unpack to: a hundred times what long real policies need.
const MAX_INFLATED: u64 = 256 << 20;

/// Bytes before the data of a stream in which its filters are looked for.
const HEAD: usize = 1024;

/// Most filters of one stream that are undone one after the other.
const MAX_FILTERS: usize = 4;

/// Work done on a document.
#[derive(Debug, Clone, Copy, Default)]
pub struct Work {
    /// Glyphs drawn.
    pub glyphs: usize,
    /// Everything drawn.
    pub operations: usize,
    /// Bytes of content interpreted.
    content: u64,
    /// What a clip counts for on this page.
    clip: usize,
}

impl Work {
    /// Begins a page whose content costs this much; false where it may not be begun. Where its forms may cost too much, as many are drawn
    /// as could be if all were as long as the longest.
    pub fn begin_page(&mut self, cost: Cost) -> bool {
        self.operations += OPERATIONS_OF_A_PAGE;
        let left = MAX_CONTENT.saturating_sub(self.content);
        let fits = cost.bytes <= left;
        self.content = self.content.saturating_add(if fits { cost.bytes } else { cost.own });
        let weight = cost.longest_form.saturating_mul(MAX_OPERATIONS as u64) / MAX_CONTENT;
        self.clip = OPERATIONS_OF_A_CLIP + if fits { 0 } else { usize::try_from(weight).unwrap_or(MAX_OPERATIONS) };
        cost.own <= left && !self.is_spent()
    }

    /// Counts a clip, with which each form opens.
    pub fn clip(&mut self) {
        self.operations += self.clip;
    }

    /// True where no more may be done.
    pub fn is_spent(self) -> bool {
        self.glyphs > MAX_GLYPHS || self.operations > MAX_OPERATIONS
    }
}

/// Refuses a file whose streams unpack to more than an engine should be given. To be called before any engine sees it, for they unpack
/// a stream whole. What is encrypted is not seen here, nor filters that are named elsewhere than before the stream.
///
/// # Errors
/// [`Code::TooLarge`].
pub fn check_inflated(bytes: &[u8]) -> Result<(), Failure> {
    let streams: Vec<Stream<'_>> = streams(bytes).collect();
    let refuse = |what: &str, limit: u64| {
        let message = format!("{what} to more than the limit of {limit} bytes");
        Err(Failure { code: Code::TooLarge, message })
    };
    let bound: u64 = streams.iter().filter(|stream| !stream.picture).map(Stream::bound).fold(0, u64::saturating_add);
    let mut total = 0;
    for stream in streams {
        let counted = bound > MAX_INFLATED && !stream.picture;
        if !counted && stream.bound() <= MAX_STREAM {
            continue;
        }
        let size = stream.inflated();
        if size > MAX_STREAM {
            return refuse("one of its streams unpacks", MAX_STREAM);
        }
        total += if stream.picture { 0 } else { size };
        if total > MAX_INFLATED {
            return refuse("its streams unpack", MAX_INFLATED);
        }
    }
    Ok(())
}

/// The data of a stream as it lies in the file.
struct Stream<'b> {
    data: &'b [u8],
    /// Its filters, in the order in which they are undone.
    filters: Vec<Filter>,
    /// True where it calls itself a picture.
    picture: bool,
}

impl Stream<'_> {
    /// More than this it cannot unpack to.
    fn bound(&self) -> u64 {
        let ratios = self.filters.iter().map(|filter| filter.ratio());
        ratios.fold(self.data.len() as u64, u64::saturating_mul)
    }

    /// Bytes that it unpacks to, counted no farther than the limit.
    fn inflated(&self) -> u64 {
        let mut reader: Box<dyn Read + '_> = Box::new(self.data);
        for filter in &self.filters {
            reader = filter.undo(reader);
        }
        let mut reader = reader.take(MAX_STREAM + 1);
        let mut buffer = vec![0; 64 << 10];
        let mut size = 0;
        while let Ok(read @ 1..) = reader.read(&mut buffer) {
            size += read as u64;
        }
        size
    }
}

/// All that stands between `stream` and `endstream`, wherever the cross-references lead.
fn streams(bytes: &[u8]) -> impl Iterator<Item = Stream<'_>> {
    let starts = memchr::memmem::find_iter(bytes, b"stream");
    let mut end = 0;
    starts.filter_map(move |at| {
        if at < end || bytes[..at].ends_with(b"end") {
            return None;
        }
        let data = bytes.get(at + 6..)?;
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        let length = memchr::memmem::find(data, b"endstream").unwrap_or(data.len());
        end = bytes.len() - data.len() + length;
        let head = &bytes[at.saturating_sub(HEAD)..at];
        let head = &head[memchr::memmem::rfind(head, b" obj").unwrap_or(0)..];
        let mut filters: Vec<Filter> = Filter::named(head).take(MAX_FILTERS).collect();
        if filters.is_empty() && memchr::memmem::find(head, b"/Filter").is_some() {
            filters.push(Filter::Flate);
        }
        let picture = memchr::memmem::find(head, b"/Image").is_some();
        Some(Stream { data: &data[..length], filters, picture })
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn deflated(write: impl Fn(&mut dyn Write)) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        write(&mut encoder);
        encoder.finish().unwrap()
    }

    fn file(dict: &str, data: &[u8]) -> Vec<u8> {
        let head = format!("%PDF-1.7\n1 0 obj\n<<{dict}/Length {}>>\nstream\n", data.len());
        [head.as_bytes(), data, b"\nendstream\nendobj\n"].concat()
    }

    fn zeros(megabytes: usize) -> impl Fn(&mut dyn Write) {
        move |out| (0..megabytes).for_each(|_| out.write_all(&[0; 1 << 20]).unwrap())
    }

    #[test]
    fn bombs_are_refused_before_they_are_unpacked() {
        let once = deflated(zeros(257));
        let code = |bytes: &[u8]| check_inflated(bytes).map_err(|failure| failure.code);
        assert_eq!(code(&file("/Filter/FlateDecode", &once)), Err(Code::TooLarge));
        let twice = deflated(|out| out.write_all(&once).unwrap());
        assert_eq!(code(&file("/Filter[/FlateDecode/FlateDecode]", &twice)), Err(Code::TooLarge));
        let half = file("/Filter/FlateDecode", &deflated(zeros(200)));
        assert_eq!(code(&half), Ok(()));
        assert_eq!(code(&[half.clone(), half].concat()), Err(Code::TooLarge));
    }

    #[test]
    fn runs_count_as_what_they_stand_for() {
        let runs = deflated(|out| (0..300).for_each(|_| out.write_all(&[0x81, b' '].repeat(1 << 14)).unwrap()));
        let code = |dict: &str| check_inflated(&file(dict, &runs)).map_err(|failure| failure.code);
        assert_eq!(code("/Filter[/FlateDecode/RunLengthDecode]"), Err(Code::TooLarge));
        assert_eq!(code("/Filter/FlateDecode"), Ok(()));
    }

    #[test]
    fn a_page_is_begun_where_its_content_fits_and_forms_weigh_more_where_theirs_may_not() {
        let mut work = Work::default();
        assert!(work.begin_page(Cost { own: 9, bytes: MAX_CONTENT / 2, longest_form: 1 << 20 }));
        work.clip();
        assert_eq!(work.operations, OPERATIONS_OF_A_PAGE + OPERATIONS_OF_A_CLIP);
        assert!(work.begin_page(Cost { own: 9, bytes: MAX_CONTENT, longest_form: 1 << 20 }));
        work.clip();
        assert!(work.operations > MAX_OPERATIONS / 200, "{}", work.operations);
        assert!(!work.begin_page(Cost { own: MAX_CONTENT, bytes: MAX_CONTENT, longest_form: 0 }));
    }

    #[test]
    fn pictures_count_one_by_one() {
        let picture = file("/Subtype/Image/Filter/FlateDecode", &deflated(zeros(200)));
        assert!(check_inflated(&[picture.clone(), picture].concat()).is_ok());
    }

    #[test]
    fn streams_are_found_whatever_ends_their_lines() {
        let bytes = b"1 0 obj<<>>stream\r\nabc\nendstream endobj 2 0 obj<<>>stream\nde";
        let found: Vec<_> = streams(bytes).map(|stream| stream.data).collect();
        assert_eq!(found, [&b"abc\n"[..], b"de"]);
    }
}
