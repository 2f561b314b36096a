// DateInput and TimeInput on the browser's own pickers. HubSpot counts months from 0; the browser from 1.
import type {
  BaseDate,
  BaseTime,
  DateInputProps,
  DateInputEventsPayload,
  TimeInputProps,
} from '@hubspot/ui-extensions';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { Field } from './field.tsx';
import { useFormField } from './form.tsx';
import { invoke } from './remote-call.ts';

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

function isoDate(date: BaseDate | null | undefined): string {
  if (date === undefined || date === null) return '';
  return `${String(date.year).padStart(4, '0')}-${twoDigits(date.month + 1)}-${twoDigits(date.date)}`;
}

const LONG_FORMATS: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  long: { dateStyle: 'long' },
  LL: { dateStyle: 'long' },
  medium: { dateStyle: 'medium' },
  ll: { dateStyle: 'medium' },
};

function formatted(iso: string, format: string | undefined): string {
  if (format === 'standard' || format === 'YYYY-MM-DD') return iso;
  const [year = '', month = '', day = ''] = iso.split('-');
  const long = format === undefined ? undefined : LONG_FORMATS[format];
  if (long === undefined) return `${month}/${day}/${year}`;
  return new Intl.DateTimeFormat('en-US', { ...long, timeZone: 'UTC' }).format(new Date(iso));
}

function datePayload(iso: string, format: string | undefined): DateInputEventsPayload | null {
  const [year, month, date] = iso.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  return { year, month: month - 1, date, formattedDate: formatted(iso, format) };
}

/** The extension's value wins whenever it changes; between, the input's own. */
function useOwnValue(value: string, given: boolean): [string, (value: string) => void] {
  const [own, setOwn] = useState(value);
  const [seen, setSeen] = useState(value);
  if (given && value !== seen) {
    setSeen(value);
    setOwn(value);
  }
  return [own, setOwn];
}

export function DateInput(props: DateInputProps): ReactElement {
  const given = isoDate(props.value ?? props.defaultValue);
  const [iso, setIso] = useOwnValue(given, props.value !== undefined);
  const payload = datePayload(iso, props.format);
  useFormField(props.name, payload);
  return (
    <Field {...props}>
      {({ inputId, describedBy }) => (
        <input
          id={inputId}
          name={props.name}
          type="date"
          className="ui-input"
          value={iso}
          min={isoDate(props.min) || undefined}
          max={isoDate(props.max) || undefined}
          readOnly={props.readOnly === true}
          aria-required={props.required === true}
          aria-invalid={props.error === true}
          aria-describedby={describedBy}
          onChange={(event) => {
            setIso(event.target.value);
            const chosen = datePayload(event.target.value, props.format);
            if (chosen !== null) invoke(props.onChange, chosen);
          }}
          onFocus={() => {
            if (payload !== null) invoke(props.onFocus, payload);
          }}
          onBlur={() => {
            if (payload !== null) invoke(props.onBlur, payload);
          }}
        />
      )}
    </Field>
  );
}

function clockTime(time: BaseTime | null | undefined): string {
  if (time === undefined || time === null) return '';
  return `${twoDigits(time.hours)}:${twoDigits(time.minutes)}`;
}

function timePayload(text: string): BaseTime | null {
  const [hours, minutes] = text.split(':').map(Number);
  return hours === undefined || minutes === undefined ? null : { hours, minutes };
}

export function TimeInput(props: TimeInputProps): ReactElement {
  const given = clockTime(props.value ?? props.defaultValue);
  const [text, setText] = useOwnValue(given, props.value !== undefined);
  const payload = timePayload(text);
  useFormField(props.name, payload);
  return (
    <Field {...props}>
      {({ inputId, describedBy }) => (
        <input
          id={inputId}
          name={props.name}
          type="time"
          className="ui-input"
          step={(props.interval ?? 30) * 60}
          value={text}
          min={clockTime(props.min) || undefined}
          max={clockTime(props.max) || undefined}
          readOnly={props.readOnly === true}
          aria-required={props.required === true}
          aria-invalid={props.error === true}
          aria-describedby={describedBy}
          onChange={(event) => {
            setText(event.target.value);
            const chosen = timePayload(event.target.value);
            if (chosen !== null) invoke(props.onChange, chosen);
          }}
          onFocus={() => {
            if (payload !== null) invoke(props.onFocus, payload);
          }}
          onBlur={() => {
            if (payload !== null) invoke(props.onBlur, payload);
          }}
        />
      )}
    </Field>
  );
}
