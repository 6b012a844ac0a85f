import type { ReactNode } from 'react';
import styles from './Table.module.css';

export interface Column<Row> {
  id: string;
  title: string;
  /** Figures stand to the right. */
  figure?: boolean;
  cell: (row: Row, index: number) => ReactNode;
  /** This column names the row. */
  head?: boolean;
}

export function Table<Row>(props: {
  caption: string;
  /** Where the heading above already says it. */
  hideCaption?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row, index: number) => string;
  dense?: boolean;
  /** The last column stays in sight where the table is wider than its place. */
  holdsEnd?: boolean;
}) {
  const { columns, rows } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by key (WCAG 2.1.1).
    <section className={styles.scroll} tabIndex={0} aria-label={props.caption}>
      <table
        className={`${styles.table} ${props.dense ? styles.dense : ''} ${props.holdsEnd ? styles.holdsEnd : ''}`}
      >
        <caption className={props.hideCaption ? styles.hidden : styles.caption}>{props.caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={column.figure ? styles.figure : undefined}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={props.rowKey(row, index)}>
              {columns.map((column) =>
                column.head ? (
                  <th key={column.id} scope="row" className={column.figure ? styles.figure : undefined}>
                    {column.cell(row, index)}
                  </th>
                ) : (
                  <td key={column.id} className={column.figure ? styles.figure : undefined}>
                    {column.cell(row, index)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
