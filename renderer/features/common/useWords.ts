import { useTranslation } from 'react-i18next';

/** Words for a key that the host sent; null where the catalogue has none. */
export function useWords(): (key: string, params: Record<string, string | number>) => string | null {
  const { t, i18n } = useTranslation();
  const translate = t as unknown as (key: string, params: Record<string, string | number>) => string;
  return (key, params) => (i18n.exists(key) ? translate(key, params) : null);
}
