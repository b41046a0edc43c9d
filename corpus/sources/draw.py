"""Draws the PDFs of the corpus whose shape no converter can be made to give: reportlab."""

import pathlib
import sys

from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

STYLES = getSampleStyleSheet()
RULED = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]


def paragraphs(cells, style="BodyText"):
    return [Paragraph(cell, STYLES[style]) for cell in cells]


def write(path, story, running=None):
    """A PDF that is the same in every run, with a line above and below each page where `running` says so."""

    def furnish(page, document):
        if running:
            page.setFont("Helvetica", 7)
            page.drawString(2 * cm, A5[1] - 1 * cm, running)
            page.drawCentredString(A5[0] / 2, 0.8 * cm, f"Page {document.page}")

    path.parent.mkdir(parents=True, exist_ok=True)
    margins = dict(leftMargin=1.5 * cm, rightMargin=1.5 * cm, topMargin=1.6 * cm, bottomMargin=1.6 * cm)
    SimpleDocTemplate(str(path), pagesize=A5, invariant=1, **margins).build(story, onFirstPage=furnish, onLaterPages=furnish)


def page_break_in_a_row(root):
    head = paragraphs(["<b>Cookie</b>", "<b>Provider</b>", "<b>Purpose</b>", "<b>Lifetime</b>"])
    long = (
        "Remembers the route that you have drawn on the map, the walking speed that you have set, whether you want to avoid "
        "roads, and the huts in which you mean to spend the night, so that a plan that you began on one day is still there on "
        "the next"
    )
    rows = [
        ["fp_login", "Footpath Union", "Keeps members logged in while they plan a walk", "Session"],
        ["fp_units", "Footpath Union", "Remembers whether you count in miles or in kilometres", "1 year"],
        ["fp_route", "Footpath Union", long, "60 days"],
        ["fp_hut", "Footpath Union", "Keeps the last hut that you looked at", "7 days"],
    ]
    story = [
        *paragraphs(["Cookie Policy"], "Heading1"),
        *paragraphs(
            [
                "Last updated: 20 March 2024",
                "The Footpath Union uses cookies on its planning service at https://plan.footpath-union.example. This page lists "
                "them. Cookies are small files that a website asks your browser to keep, so that it can recognise the browser later.",
                "We set only what the planner needs. If you delete these cookies, you will have to draw your routes again.",
            ]
        ),
        *paragraphs(["Functional cookies"], "Heading2"),
        Spacer(1, 4.6 * cm),
        Table([head, *map(paragraphs, rows)], colWidths=[2.2 * cm, 2.6 * cm, 5 * cm, 2 * cm], style=RULED, splitInRow=1),
        Spacer(1, 0.5 * cm),
        *paragraphs(["Your choices"], "Heading2"),
        *paragraphs(["You can delete cookies at any time in the settings of your browser."]),
    ]
    write(root / "page-break-in-a-row" / "document.pdf", story, running="Footpath Union - Cookie Policy")


def name_broken_in_its_cell(root):
    head = paragraphs(["<b>Nombre</b>", "<b>Proveedor</b>", "<b>Finalidad</b>", "<b>Caducidad</b>"])
    rows = [
        ["reserva_anonima_id", "Hostal La Veleta", "Guarda una reserva antes de que se identifique", "2 horas"],
        ["_veleta_preferencias", "Hostal La Veleta", "Recuerda el idioma y la moneda", "1 año"],
        ["vistas", "Mirador Ads", "Cuenta los anuncios que se le han mostrado", "30 días"],
    ]
    story = [
        *paragraphs(["Política de cookies"], "Heading1"),
        *paragraphs(
            [
                "Última modificación: 9 de junio de 2024",
                "El Hostal La Veleta utiliza en www.hostal-laveleta.example las cookies que figuran en la tabla siguiente.",
            ]
        ),
        Spacer(1, 0.4 * cm),
        Table([head, *map(paragraphs, rows)], colWidths=[2.3 * cm, 2.6 * cm, 4.6 * cm, 2.3 * cm], style=RULED),
        Spacer(1, 0.4 * cm),
        *paragraphs(["Puede eliminar las cookies en cualquier momento desde su navegador."]),
    ]
    for row in story[4]._cellvalues:
        row[0].style = row[0].style.clone("narrow", splitLongWords=1)
    write(root / "name-broken-in-its-cell" / "document.pdf", story)


def scanned_image(root):
    """A page without a text layer: the lines of a letter as grey bars."""
    path = root / "scanned-image" / "document.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    page = canvas.Canvas(str(path), pagesize=A5, invariant=1)
    page.setFillGray(0.4)
    for line in range(24):
        page.rect(2 * cm, A5[1] - (2.5 + 0.6 * line) * cm, (8 + line % 3) * cm, 0.2 * cm, stroke=0, fill=1)
    page.showPage()
    page.save()


def head_on_each_page(root):
    """A long table whose head is printed again on each page, between a running header and a footer."""
    head = paragraphs(["<b>Name</b>", "<b>Anbieter</b>", "<b>Zweck</b>", "<b>Dauer</b>"])
    works = ["der Beete", "der Saatkalender", "der Gießpläne", "der Tauschbörse", "der Werkzeuge", "der Bilder", "der Mitglieder"]
    rows = [
        [f"gv_{key}", "Gartenverein Lindenhain", f"Merkt sich die zuletzt gewählte Ansicht {what}, damit sie beim nächsten Besuch wieder erscheint", time]
        for key, what, time in zip(
            ["beet", "saat", "wasser", "tausch", "geraet", "bild", "liste"], works, ["1 Tag", "2 Tage", "3 Tage", "4 Tage", "5 Tage", "6 Tage", "7 Tage"]
        )
    ] + [[f"gv_haken_{number}", "Gartenverein Lindenhain", f"Speichert den Haken auf Seite {number} des Antrags", "Sitzung"] for number in range(1, 9)]
    story = [
        *paragraphs(["Cookie-Richtlinie"], "Heading1"),
        *paragraphs(["Stand: 3. Februar 2024", "Der Gartenverein Lindenhain setzt auf www.gv-lindenhain.example diese Cookies ein."]),
        Spacer(1, 0.3 * cm),
        Table([head, *map(paragraphs, rows)], colWidths=[2.6 * cm, 2.8 * cm, 4.4 * cm, 2 * cm], style=RULED, repeatRows=1),
        Spacer(1, 0.3 * cm),
        *paragraphs(["Fragen beantwortet der Vorstand."]),
    ]
    write(root / "head-on-each-page" / "document.pdf", story, running="Gartenverein Lindenhain - Cookie-Richtlinie")


class Sheet:
    """A page on which every text is drawn by `draw(page, x, y, text)`, so that one policy can be drawn in many ways."""

    def __init__(self, root, name, draw=None, size=A5):
        path = root / name / "document.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page = canvas.Canvas(str(path), pagesize=size, invariant=1)
        self.draw = draw or (lambda page, x, y, text: page.drawString(x, y, text))
        self.width, self.height = size
        self.y = self.height - 2 * cm

    def line(self, text, x=1.5 * cm, size=9, font="Helvetica", gap=1.35):
        self.page.setFont(font, size)
        self.draw(self.page, x, self.y, text)
        self.y -= size * gap

    def table(self, rows, columns, size=8, ruled=True, font="Helvetica"):
        top, bold = self.y + size * 1.3, {"Helvetica": "Helvetica-Bold"}.get(font, font)
        edges = [1.5 * cm + sum(columns[:index]) * cm for index in range(len(columns) + 1)]
        levels = [top]
        for number, row in enumerate(rows):
            self.page.setFont(bold if number == 0 else font, size)
            height = max(len(cell.split("\n")) for cell in row)
            for edge, cell in zip(edges, row):
                for index, text in enumerate(cell.split("\n")):
                    self.draw(self.page, edge + 3, self.y - index * size * 1.2, text)
            self.y -= height * size * 1.2 + 5
            levels.append(self.y + size * 1.3 - 1)
        if ruled:
            self.page.setLineWidth(0.5)
            self.page.grid(edges, levels)
        self.y -= size

    def space(self, points=8):
        self.y -= points

    def done(self):
        self.page.showPage()
        self.page.save()


def two_columns(root):
    left = """We are a bakery and we would rather bake than
count visitors. Still, our shop at
www.crumb-and-crust.example has to remember
what you put into your basket, and for that it
uses cookies. A cookie is a small file that
the browser keeps for a website and sends
back to it with each request. Nobody else
can read it. You may delete it whenever you
like, and then the basket is empty again.""".split("\n")
    right = """Two of the cookies are needed for the shop
to work. The third is set only by those who
have chosen their branch, because it keeps
that choice for a month. We pass none of this
on, and we do not join it with your orders. If
you have a question about this page, ask for
Mina at the counter or write a letter. She
answers in the quiet hours of the afternoon,
when the ovens are cold and swept.""".split("\n")
    sheet = Sheet(root, "two-columns-of-prose")
    sheet.line("Cookie Policy", size=16)
    sheet.line("Last updated: 11 January 2024", size=8)
    sheet.space()
    top = sheet.y
    for x, lines in ((1.5 * cm, left), (7.7 * cm, right)):
        sheet.y = top
        for text in lines:
            sheet.line(text, x=x, size=8)
    sheet.space(16)
    sheet.table(
        [["Name", "Purpose", "Duration"], ["cc_basket", "Holds the loaves that you have chosen", "2 days"],
         ["cc_oven", "Joins the steps of one order", "Session"], ["cc_branch", "Remembers your branch", "1 month"]],
        [3, 6.4, 2],
    )
    sheet.done()


def watermark(root):
    sheet = Sheet(root, "watermark")
    for number, rows in enumerate([[["bl_jeton", "Maintient la connexion", "Session"], ["bl_taille", "Retient la taille du texte", "1 an"]],
                                   [["bl_carte", "Garde la dernière carte ouverte", "15 jours"]]]):
        page = sheet.page
        page.saveState()
        page.setFillGray(0.8)
        page.setFont("Helvetica-Bold", 60)
        page.translate(sheet.width / 2, sheet.height / 2)
        page.rotate(55)
        page.drawCentredString(0, 0, "PROJET")
        page.restoreState()
        sheet.y = sheet.height - 2 * cm
        if number == 0:
            sheet.line("Politique de cookies", size=16)
            sheet.line("Dernière mise à jour : 2 mai 2024")
            sheet.line("La Bibliothèque du Littoral dépose ces cookies sur www.biblio-littoral.example.")
            sheet.space()
        sheet.line(["Cookies nécessaires", "Cookies de préférence"][number], size=12)
        sheet.space()
        sheet.table([["Nom", "Finalité", "Durée"], *rows], [3, 6.4, 2])
        if number == 0:
            page.showPage()
    sheet.line("Vous pouvez les supprimer à tout moment.")
    sheet.done()


def hyphenated(root):
    sheet = Sheet(root, "hyphenated-lines")
    sheet.line("Privacybeleid en cookies", size=16)
    sheet.line("Laatst bijgewerkt: 7 juli 2023")
    sheet.space()
    for text in ["Het Havenmuseum gebruikt op www.havenmuseum.example cookies voor zijn tentoon-",
                 "stelling en zijn winkel. De tentoonstelling is ook zonder cookies te bezoeken, de win-",
                 "kel niet. Wie de winkel sluit, verliest alleen zijn mandje. Alle cookies blijven op uw toestel."]:
        sheet.line(text)
    sheet.space(14)
    sheet.table(
        [["Naam", "Doel", "Bewaartermijn"], ["hm_mandje", "Bewaart het mandje van de win-\nkel tot de betaling", "3 dagen"],
         ["hm_kaartje", "Onthoudt het kaartje voor de ten-\ntoonstelling", "Sessie"]],
        [3, 5.2, 3],
    )
    sheet.done()


def ligatures(root):
    pdfmetrics.registerFont(TTFont("DejaVu", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"))
    sheet = Sheet(root, "ligatures")
    sheet.line("Cookie policy", size=16, font="DejaVu")
    sheet.line("Last updated: 30 June 2023", size=7.5, font="DejaVu")
    sheet.line("The Ofﬁce for Rafﬂes (www.rafﬂe-ofﬁce.example) uses these ﬁrst-party cookies.", size=7.5, font="DejaVu")
    sheet.space(14)
    sheet.table(
        [["Name", "Purpose", "Duration"], ["ofﬁce_proﬁle", "Identiﬁes your proﬁle when you conﬁrm a rafﬂe", "1 day"],
         ["trafﬁc_ﬂag", "Measures trafﬁc efﬁciently", "ﬁve days"]],
        [3.2, 6.6, 2], size=7.5, font="DejaVu",
    )
    sheet.done()


def by_words(page, x, y, text):
    """Each word where it belongs and no blank between them, as wkhtmltopdf prints."""
    for word in text.split(" "):
        page.drawString(x, y, word)
        x += page.stringWidth(word + " ", page._fontname, page._fontsize)


def letter_spaced(page, x, y, text):
    shown = page.beginText(x, y)
    shown.setCharSpace(1.4)
    shown.textOut(text)
    page.drawText(shown)


def twice(page, x, y, text):
    page.drawString(x, y, text)
    if "Bold" in page._fontname or page._fontsize > 10:
        page.drawString(x + 0.35, y, text)


def no_space_glyph(root):
    sheet = Sheet(root, "no-space-glyph", by_words)
    sheet.line("Polityka plików cookie", size=16)
    sheet.line("Ostatnia aktualizacja: 12 kwietnia 2023")
    sheet.line("Chata pod Lasem stawia na www.chata-pod-lasem.example tylko dwa pliki.")
    sheet.space(14)
    sheet.table(
        [["Nazwa", "Cel", "Okres"], ["cl_pokoj", "Zapamietuje wybrany pokoj do konca rezerwacji", "2 dni"],
         ["cl_jezyk", "Przechowuje jezyk strony", "1 rok"]],
        [3, 6.6, 2],
    )
    sheet.done()


def letters_apart(root):
    sheet = Sheet(root, "letter-spaced", letter_spaced)
    sheet.line("Política de cookies", size=14)
    sheet.line("Última actualización: 18 de octubre de 2022")
    sheet.line("El Taller Nogal usa en www.taller-nogal.example dos cookies.")
    sheet.space(14)
    sheet.table(
        [["Nombre", "Finalidad", "Plazo"], ["tn_cesta", "Guarda la cesta de la compra", "1 hora"],
         ["tn_medida", "Recuerda las medidas del mueble", "1 mes"]],
        [3.2, 6.2, 2.2], size=7,
    )
    sheet.done()


def rotated(root):
    """A page that lies on its side in the file and is turned by the viewer, with a wide table on it."""
    sheet = Sheet(root, "rotated-page")
    sheet.page.setPageRotation(90)
    sheet.page.translate(A5[0], 0)
    sheet.page.rotate(90)
    sheet.y = A5[0] - 2 * cm
    sheet.line("Cookie notice", size=16)
    sheet.line("Effective date: 1 September 2023")
    sheet.line("Kestrel Gliding Club, www.kestrel-gliding.example, lists every cookie of its log book.")
    sheet.space(14)
    sheet.table(
        [["Cookie", "Provider", "Purpose", "Category", "Expires"],
         ["kg_pilot", "Kestrel", "Keeps the pilot logged in on the field", "Necessary", "12 hours"],
         ["kg_wind", "Kestrel", "Remembers the unit in which wind is shown", "Functional", "1 year"]],
        [2.6, 2.4, 7, 2.6, 2.4],
    )
    sheet.done()


def in_forms(root):
    """Text that stands in form XObjects, drawn at another place and in another size than they say."""
    sheet = Sheet(root, "text-in-forms")
    sheet.line("Informativa sui cookie", size=16)
    sheet.line("Ultimo aggiornamento: 25 novembre 2023")
    sheet.line("Il Mulino Vecchio usa sul sito www.mulino-vecchio.example due cookie.")
    sheet.space(14)
    page, top = sheet.page, sheet.y
    page.beginForm("table", 0, 0, 2 * sheet.width, sheet.height)
    sheet.y = sheet.height - 1 * cm
    sheet.table(
        [["Nome", "Finalità", "Durata"], ["mv_farina", "Ricorda la farina scelta per la prossima volta", "6 mesi"],
         ["mv_sacco", "Conserva il sacco fino al pagamento", "2 ore"]],
        [6, 12.8, 4], size=16,
    )
    page.endForm()
    page.saveState()
    page.translate(0.75 * cm, top - 0.5 * (sheet.height - 1 * cm))
    page.scale(0.5, 0.5)
    page.doForm("table")
    page.restoreState()
    sheet.done()


def drawn_twice(root):
    sheet = Sheet(root, "drawn-twice-for-bold", twice)
    sheet.line("Evästekäytäntö", size=16)
    sheet.line("Päivitetty 9.3.2024")
    sheet.line("Saunaseura Löyly asettaa sivulla www.saunaseura-loyly.example nämä evästeet.")
    sheet.space(14)
    sheet.table(
        [["Nimi", "Käyttötarkoitus", "Kesto"], ["sl_vuoro", "Muistaa varatun vuoron", "1 päivä"],
         ["sl_kieli", "Tallentaa kielen", "1 vuosi"]],
        [3, 6.4, 2],
    )
    sheet.done()


def headings_by_size(root):
    sheet = Sheet(root, "headings-by-size")
    sheet.line("Privacy and cookies", size=20)
    sheet.line("Last revised on 14 August 2023", size=9)
    sheet.space()
    sheet.line("Cookies", size=15)
    sheet.line("The Lantern Theatre sets cookies on www.lantern-theatre.example.")
    for name, rows in (
        ("Strictly necessary cookies", [["lt_seat", "Holds your seats for a while", "20 minutes"], ["lt_till", "Joins the steps of paying", "Session"]]),
        ("Analytics cookies", [["lt_count", "Counts who looks at the programme", "13 months"]]),
    ):
        sheet.space()
        sheet.line(name, size=11.5)
        sheet.space()
        sheet.table([["Name", "Purpose", "Expiry"], *rows], [3, 6.4, 2.4])
    sheet.line("Contact", size=15)
    sheet.line("Ask at the box office.")
    sheet.done()


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1])
    for draw in (head_on_each_page, two_columns, watermark, hyphenated, ligatures, no_space_glyph, letters_apart, rotated, in_forms,
                 drawn_twice, headings_by_size):
        draw(target)
    page_break_in_a_row(target)
    name_broken_in_its_cell(target)
    scanned_image(target)
