"""Draws the PDFs of the corpus whose shape no converter can be made to give: reportlab."""

import pathlib
import sys

from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import cm
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


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1])
    page_break_in_a_row(target)
    name_broken_in_its_cell(target)
    scanned_image(target)
