<?php
// HTML to PDF with TCPDF: tcpdf.php SOURCE FILE.
require_once '/usr/share/php/tcpdf/tcpdf.php';
$pdf = new TCPDF();
$pdf->AddPage();
$pdf->writeHTML(file_get_contents($argv[1]));
$pdf->Output(realpath(dirname($argv[2])) . "/" . basename($argv[2]), "F");
