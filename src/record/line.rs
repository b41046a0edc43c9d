//! Lines with a limit: a longer one is passed over without being held. Knows nothing of what a line says.

use std::io::{self, BufRead, Read};

/// Longest line that is read, in bytes without its line feed. Bytes in base64 take four thirds of their size.
pub const MAX_LINE: u64 = 64 * 1024 * 1024;

/// Bytes that are kept of a line beyond the limit: enough to tell whose line it was.
const HEAD: usize = 4096;

/// A line of the input, without its line feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The bytes; of a line beyond the limit only the first ones.
    pub bytes: Vec<u8>,
    /// Number of bytes that the line has in the input.
    pub size: u64,
}

impl Line {
    /// True where the line is beyond the limit and not all of it is here.
    pub fn is_cut(&self) -> bool {
        self.size > self.bytes.len() as u64
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Self {
        Self { bytes: text.into(), size: text.len() as u64 }
    }
}

/// The next line of at most `limit` bytes, none at the end of the input. What follows the last line feed is a line if it is
/// anything at all.
///
/// # Errors
/// Those of `input`.
pub fn read_line(input: &mut impl BufRead, limit: u64) -> io::Result<Option<Line>> {
    let mut bytes = Vec::new();
    // One byte more than the limit: the line feed, or the proof that there is more.
    let read = input.take(limit.saturating_add(1)).read_until(b'\n', &mut bytes)? as u64;
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
        return Ok(Some(Line { bytes, size: read - 1 }));
    }
    if read <= limit {
        return Ok((read > 0).then_some(Line { bytes, size: read }));
    }
    bytes.truncate(HEAD.min(limit as usize));
    bytes.shrink_to_fit();
    Ok(Some(Line { bytes, size: read + pass_over(input)? }))
}

/// Reads to the end of the line and forgets it; the number of its bytes.
fn pass_over(input: &mut impl BufRead) -> io::Result<u64> {
    let mut size = 0;
    loop {
        let held = input.fill_buf()?;
        let end = memchr::memchr(b'\n', held);
        let (passed, used) = end.map_or((held.len(), held.len()), |end| (end, end + 1));
        input.consume(used);
        size += passed as u64;
        if end.is_some() || used == 0 {
            return Ok(size);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(mut input: impl BufRead, limit: u64) -> Vec<Line> {
        std::iter::from_fn(|| read_line(&mut input, limit).unwrap()).collect()
    }

    #[test]
    fn a_line_beyond_the_limit_leaves_its_head_and_its_size() {
        let text = format!("abc\n{}\n\nabcd", "x".repeat(20_000));
        let found = lines(io::BufReader::with_capacity(7, text.as_bytes()), 4);
        let seen: Vec<_> = found.iter().map(|line| (line.bytes.len(), line.size, line.is_cut())).collect();
        assert_eq!(seen, [(3, 3, false), (4, 20_000, true), (0, 0, false), (4, 4, false)]);
        assert_eq!(lines(&b""[..], 4), []);
        assert_eq!(lines(&b"abcde"[..], 4), [Line { bytes: b"abcd".to_vec(), size: 5 }]);
    }

    proptest! {
        #[test]
        fn lines_are_what_line_feeds_part(bytes in prop::collection::vec(prop_oneof![Just(b'\n'), any::<u8>()], 0..60), limit in 0u64..9, held in 1usize..9) {
            let mut parts: Vec<_> = bytes.split(|byte| *byte == b'\n').collect();
            if parts.last().is_some_and(|last| last.is_empty()) {
                parts.pop();
            }
            let found = lines(io::BufReader::with_capacity(held, bytes.as_slice()), limit);
            prop_assert_eq!(found.len(), parts.len());
            for (line, part) in found.iter().zip(parts) {
                prop_assert_eq!(line.size, part.len() as u64);
                prop_assert_eq!(line.is_cut(), part.len() as u64 > limit);
                prop_assert_eq!(&line.bytes, &part[..part.len().min(limit as usize)]);
            }
        }
    }
}
