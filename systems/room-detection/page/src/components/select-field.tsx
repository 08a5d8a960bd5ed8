/**
 * A labelled select of the browser's own kind: best on phones and for screen readers. Not MUI's TextField,
 * which brings its menus and dialogs along even for a native select.
 */
import FormControl from '@mui/material/FormControl';
import InputLabel from '@mui/material/InputLabel';
import NativeSelect from '@mui/material/NativeSelect';
import OutlinedInput from '@mui/material/OutlinedInput';
import { type ReactNode, useId } from 'react';

export interface SelectFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly disabled?: boolean;
  readonly width?: number | string;
  readonly testId?: string;
  readonly children: ReactNode;
}

export function SelectField(props: SelectFieldProps) {
  const { label, value, onChange, disabled = false, width = '100%', testId, children } = props;
  const id = useId();
  const mark = { 'data-testid': testId };
  return (
    <FormControl size="small" disabled={disabled} sx={{ width }}>
      <InputLabel htmlFor={id} shrink>
        {label}
      </InputLabel>
      <NativeSelect
        value={value}
        onChange={(event) => onChange(event.target.value)}
        input={<OutlinedInput label={label} notched />}
        inputProps={{ id, ...mark }}
      >
        {children}
      </NativeSelect>
    </FormControl>
  );
}
