export { chiSquared } from './chi-squared.ts';
export { fisherF } from './fisher-f.ts';
export { normal, type Symmetric } from './normal.ts';
export { studentT, studentTOf } from './student-t.ts';
