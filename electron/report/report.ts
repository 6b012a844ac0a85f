export { renderCertificate } from './certificate/certificate.ts';
export { certificateFileNames, writeCertificate } from './certificate/write-certificate.ts';
export { readLogo } from './logo/logo.ts';
export { type ReportOptions, renderPdf } from './render-pdf.ts';
export { sheetCsv, sheetRows } from './result-sheet.ts';
export { sheetPdf } from './result-sheet-pdf.ts';
export { type WrittenFile, type WrittenReport, writeReport } from './write-report.ts';
