export { type ReportOptions, renderPdf } from './render-pdf.ts';
export { type WrittenFile, type WrittenReport, writeReport } from './write-report.ts';
