#!/bin/sh
# Makes the PDFs of the corpus again, each by another producer. The tests read the committed files; they need none of these
# programs. On Debian: chromium weasyprint wkhtmltopdf libreoffice-writer-nogui python3-reportlab fonts-noto-cjk fonts-dejavu-core fonts-liberation qpdf
# firefox-esr php-dompdf php-tcpdf groff ghostscript; Typst by `pip install typst`.
# A producer writes the day into its file, so a file made again differs from the committed one in that.
set -eu
cd "$(dirname "$0")"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Chromium, tagged, with the header and footer that it prints by default; served under the site's own address for the footer.
browser() {
    mkdir -p "$scratch/site" "$1"
    cp "sources/${3:-$1}.html.in" "$scratch/site/index.html"
    python3 -m http.server --bind 127.0.0.1 --directory "$scratch/site" 8319 >/dev/null 2>&1 &
    server=$!
    sleep 1
    chromium --headless --no-sandbox --disable-gpu --host-resolver-rules="MAP $2 127.0.0.1:8319" \
        --print-to-pdf="$1/document.pdf" "http://$2/" 2>/dev/null
    kill "$server"
}

# Chromium, tagged, without header and footer.
plain_browser() {
    mkdir -p "$1"
    cp "sources/$1.html.in" "$scratch/document.html"
    chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf="$1/document.pdf" \
        "file://$scratch/document.html" 2>/dev/null
}

weasy() {
    mkdir -p "$1"
    cp "sources/${2:-$1}.html.in" "$scratch/document.html"
    weasyprint "$scratch/document.html" "$1/document.pdf"
}

office() {
    mkdir -p "$1"
    cp "sources/${2:-$1}.html.in" "$scratch/document.html"
    soffice --headless "-env:UserInstallation=file://$scratch/profile" --infilter="HTML (StarWriter)" \
        --convert-to pdf:writer_pdf_Export --outdir "$1" "$scratch/document.html" >/dev/null
}

wk() {
    mkdir -p "$1"
    cp "sources/${2:-$1}.html.in" "$scratch/document.html"
    QT_QPA_PLATFORM=offscreen wkhtmltopdf --quiet --encoding utf-8 "$scratch/document.html" "$1/document.pdf"
}

# Programs of PHP, as web sites make their PDFs with.
php_library() {
    mkdir -p "$1"
    php "sources/$2.php" sources/one-page.html.in "$1/document.pdf"
}

firefox() {
    mkdir -p "$1"
    cp sources/one-page.html.in "$scratch/document.html"
    python3 sources/firefox.py "file://$scratch/document.html" "$1/document.pdf"
}

typst() {
    mkdir -p "$1"
    python3 -c 'import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])' sources/one-page.typ "$1/document.pdf"
}

roff() {
    mkdir -p one-page/groff one-page/ghostscript
    groff -t -ms -Tpdf sources/one-page.ms >one-page/groff/document.pdf
    groff -t -ms -Tps sources/one-page.ms | ps2pdf - one-page/ghostscript/document.pdf
}

browser printed-by-a-browser www.cobblestone-museum.example
weasy unruled-columns
office ruled-table
wk cells-merged-over-rows
wk columns-over-pages
plain_browser boxes-without-roles
plain_browser blank-cells-and-wide-scripts
wk rows-set-in-the-middle
weasy cells-drawn-without-space
office terms-and-descriptions
# Text that runs from right to left, as three programs draw it.
browser printed-right-to-left/chromium www.gan-hazayit.example printed-right-to-left
wk printed-right-to-left/wkhtmltopdf printed-right-to-left
office printed-right-to-left/libreoffice printed-right-to-left
# One page by ten producers: a test holds that its rows are the same in all of them.
browser one-page/chromium www.harbour-baths.example one-page
weasy one-page/weasyprint one-page
office one-page/libreoffice one-page
wk one-page/wkhtmltopdf one-page
firefox one-page/firefox
php_library one-page/dompdf dompdf
php_library one-page/tcpdf tcpdf
typst one-page/typst
roff
python3 sources/draw.py .
qpdf --encrypt lantern keeper 256 -- headings-by-size/document.pdf ../tests/pdf/encrypted.pdf
