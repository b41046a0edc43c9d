//! The bodies of mails as they lie in a mailbox: quoted-printable (RFC 2045, section 6.7) put back into the bytes that it stands for.

use memchr::memmem;

/// Headers of a mail stand within so many bytes.
const HEAD: usize = 16 * 1024;

/// The bytes of a mail with its bodies put back, where a header says that one is quoted-printable; none for any other text.
///
/// The lines that a soft break parts become one; as many blank ones follow behind its paragraph, so that what stands below keeps its place.
pub fn unquoted(bytes: &[u8]) -> Option<Vec<u8>> {
    let head = &bytes[..bytes.len().min(HEAD)];
    memmem::find(head, b"uoted-")?;
    let mut mail = Mail { boundary: boundary(head), ..Mail::default() };
    bytes.split_inclusive(|byte| *byte == b'\n').for_each(|line| mail.push(line));
    mail.quoted.then_some(mail.out)
}

/// A mail that is being read.
#[derive(Default)]
struct Mail {
    out: Vec<u8>,
    /// What parts its parts, where it has several.
    boundary: Option<Vec<u8>>,
    part: Part,
    /// Lines that became one with others, and are owed as blank ones.
    owed: usize,
    /// True where a body was quoted-printable.
    quoted: bool,
}

/// Where a line stands.
#[derive(Default, Clone, Copy, PartialEq)]
enum Part {
    /// Among headers of which none has said how the body is written.
    #[default]
    Head,
    /// Among headers, below one that says so.
    QuotedHead,
    /// In a body as it is.
    Body,
    /// In a body that is quoted-printable.
    QuotedBody,
}

impl Mail {
    fn push(&mut self, line: &[u8]) {
        let bare = line.trim_ascii_end();
        let parts = |boundary: &Vec<u8>| bare.strip_prefix(b"--").is_some_and(|rest| rest.starts_with(boundary));
        if self.boundary.as_ref().is_some_and(parts) {
            self.part = Part::Head;
        }
        match self.part {
            Part::QuotedBody => return self.unquote(bare, line.len() > bare.len()),
            Part::Head if says_quoted(bare) => self.part = Part::QuotedHead,
            Part::Head if bare.is_empty() => self.part = Part::Body,
            Part::QuotedHead if bare.is_empty() => {
                self.part = Part::QuotedBody;
                self.quoted = true;
            }
            _ => {}
        }
        self.out.extend_from_slice(line);
    }

    fn unquote(&mut self, line: &[u8], ended: bool) {
        if let Some(soft) = line.strip_suffix(b"=").filter(|_| ended) {
            self.push_characters(soft);
            self.owed += 1;
            return;
        }
        self.push_characters(line);
        let feeds = if line.is_empty() { std::mem::take(&mut self.owed) } else { 0 } + usize::from(ended);
        self.out.extend(std::iter::repeat_n(b'\n', feeds));
    }

    /// `=E2` is the byte E2; what only looks like one stays.
    fn push_characters(&mut self, line: &[u8]) {
        let mut rest = line;
        while let Some((first, behind)) = rest.split_first() {
            let coded = (*first == b'=').then(|| behind.get(..2).and_then(byte_of)).flatten();
            self.out.push(coded.unwrap_or(*first));
            rest = if coded.is_some() { &behind[2..] } else { behind };
        }
    }
}

fn byte_of(digits: &[u8]) -> Option<u8> {
    let value = |digit: u8| (digit as char).to_digit(16).and_then(|value| u8::try_from(value).ok());
    Some(value(digits[0])? * 16 + value(digits[1])?)
}

/// `Content-Transfer-Encoding: quoted-printable`.
fn says_quoted(header: &[u8]) -> bool {
    let header = header.to_ascii_lowercase();
    header.strip_prefix(b"content-transfer-encoding:").is_some_and(|value| value.trim_ascii() == b"quoted-printable")
}

/// The boundary that a header names, between quotes or not.
fn boundary(head: &[u8]) -> Option<Vec<u8>> {
    let at = memmem::find(head, b"boundary=")? + b"boundary=".len();
    let value = &head[at..];
    let (value, ends): (&[u8], &[u8]) = match value.strip_prefix(b"\"") {
        Some(quoted) => (quoted, b"\"\r\n"),
        None => (value, b"; \t\r\n"),
    };
    let end = value.iter().position(|byte| ends.contains(byte)).unwrap_or(value.len());
    (end > 0).then(|| value[..end].to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        unquoted(text.as_bytes()).map(|bytes| String::from_utf8(bytes).unwrap())
    }

    const HEADER: &str = "Subject: x\nContent-Transfer-Encoding: Quoted-Printable\n\n";

    #[test]
    fn lines_are_joined_and_those_below_keep_their_places() {
        let body = "a=\nb =E2=80=93 c\nd\n\ne = f =4\n";
        assert_eq!(read(&format!("{HEADER}{body}")).unwrap(), format!("{HEADER}ab – c\nd\n\n\ne = f =4\n"));
    }

    #[test]
    fn only_bodies_that_are_said_to_be_are_put_back() {
        assert_eq!(read("quoted-printable is a=\nway =E2 to write"), None);
        let parts = "Content-Type: multipart/mixed; boundary=\"x-1\"\n\n--x-1\nContent-Type: text/plain\n\n=41\n";
        let quoted = "--x-1\nContent-Transfer-Encoding: quoted-printable\n\n=41\n--x-1--\n=41\n";
        let out = read(&format!("{parts}{quoted}")).unwrap();
        assert_eq!(out, format!("{parts}{}", quoted.replacen("=41", "A", 1)));
    }
}
