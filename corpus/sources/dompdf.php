<?php
// HTML to PDF with dompdf: dompdf.php SOURCE FILE. Its fonts are those that every viewer has: Debian leaves its own ones out.
require_once '/usr/share/php/dompdf/autoload.php';
$pdf = new Dompdf\Dompdf();
$pdf->loadHtml(str_replace('"DejaVu Sans"', 'Helvetica', file_get_contents($argv[1])));
$pdf->render();
file_put_contents($argv[2], $pdf->output());
