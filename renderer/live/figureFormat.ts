/** Fixed places, true minus sign; a dash where there is no value. */
export function figureFormat(language: string, places: number, signed: boolean): (value: number) => string {
  const format = new Intl.NumberFormat(language, {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
    useGrouping: false,
    signDisplay: signed ? 'exceptZero' : 'negative',
  });
  return (value) => (Number.isNaN(value) ? '—' : format.format(value).replace('-', '−'));
}
