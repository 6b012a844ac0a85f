/** json-logic-js 2.0.5 brings no types; what the benchmark uses of it. */
declare module 'json-logic-js' {
  const jsonLogic: { apply(logic: unknown, data: unknown): unknown };
  export default jsonLogic;
}
