/** regression 2.0.1 brings no types; what the benchmark uses of it. */
declare module 'regression' {
  interface Result {
    /** Highest power first for polynomials. */
    equation: number[];
  }
  const regression: {
    polynomial(data: readonly [number, number][], options: { order: number; precision: number }): Result;
  };
  export default regression;
}
