import { FileTrigger } from 'react-aria-components';
import { Button } from './Button.tsx';

/** Opens the system's dialog for one file. */
export function FileButton(props: {
  label: string;
  /** Endings that the dialog offers, such as `.csv`. */
  endings: readonly string[];
  onFile: (file: File) => void;
  isDisabled?: boolean;
}) {
  return (
    <FileTrigger
      acceptedFileTypes={props.endings}
      onSelect={(files) => {
        const file = files?.[0];
        if (file !== undefined) props.onFile(file);
      }}
    >
      <Button isDisabled={props.isDisabled ?? false}>{props.label}</Button>
    </FileTrigger>
  );
}
