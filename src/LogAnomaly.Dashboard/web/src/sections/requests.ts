import type { RequestData } from '../data';
import { element, logText } from '../dom';
import { drill, pick } from '../drill';
import { valuesOf } from '../filter';
import { bytes, count } from '../format';
import { statusName } from '../http';
import { DataTable } from '../table';
import type { Column } from '../table';
import { parseTime, shown } from '../time';
import type { View } from '../view';
import { shortPath } from './kept-lines';

/** Whether a request fits the filter as far as it tells: a part of the filter of which it says nothing admits it. */
export function admits(view: View, request: RequestData): boolean {
  const { filter } = view;
  const has = (values: readonly string[], value: string | undefined): boolean => (
    values.length === 0 || value === undefined || values.includes(value));
  const time = request.time === undefined ? undefined : parseTime(request.time).instant;
  return (time === undefined || view.isWithin(time, time))
    && has(valuesOf(filter, 'source'), request.source)
    && has(valuesOf(filter, 'path'), request.path)
    && has(valuesOf(filter, 'status'), request.status === undefined ? undefined : String(request.status))
    && view.hasText(`${request.path} ${request.source ?? ''} ${request.file}`);
}

/** `35 ms`, `2.4 s`, `3 min 05 s`. */
export function milliseconds(value: number): string {
  if (value < 1000) {
    return `${value < 10 ? value.toFixed(1).replace(/\.0$/, '') : value.toFixed(0)} ms`;
  }

  const seconds = value / 1000;
  if (seconds < 60) {
    return `${seconds.toFixed(1)} s`;
  }

  const whole = Math.round(seconds);
  return `${count(Math.floor(whole / 60))} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** A table of single requests. */
export function requestTable(view: View, id: string, caption: string, byDuration: boolean): DataTable<RequestData> {
  const duration: Column<RequestData> = {
    key: 'duration', name: 'Duration', className: 'number', descending: true,
    cell: (row) => (row.duration === undefined ? '' : milliseconds(row.duration)),
    text: (row) => (row.duration === undefined ? '' : String(row.duration)),
    compare: (a, b) => (a.duration ?? -1) - (b.duration ?? -1),
  };
  const size: Column<RequestData> = {
    key: 'bytes', name: 'Sent', className: 'number', descending: true,
    cell: (row) => (row.bytes === undefined ? '' : bytes(row.bytes)),
    text: (row) => (row.bytes === undefined ? '' : String(row.bytes)),
    compare: (a, b) => (a.bytes ?? -1) - (b.bytes ?? -1),
  };
  const hasDurations = view.data.slowest.length > 0;
  return new DataTable<RequestData>({
    id,
    caption,
    nouns: ['request', 'requests'],
    empty: 'None of these requests fits the filter.',
    keyOf: (row) => `${row.file}:${String(row.line)}`,
    order: { key: byDuration ? 'duration' : 'bytes', descending: true },
    columns: [
      {
        key: 'path', name: 'Path', isHeader: true, className: 'text', cell: (row) => pick(view, 'path', row.path),
        text: (row) => row.path, compare: (a, b) => a.path.localeCompare(b.path, 'en'),
      },
      ...(byDuration ? [duration, size] : [size, ...(hasDurations ? [duration] : [])]),
      {
        key: 'status', name: 'Status', className: 'number',
        cell: (row) => (row.status === undefined ? '' : element('span', { title: statusName(String(row.status)) },
          String(row.status))),
        text: (row) => (row.status === undefined ? '' : String(row.status)),
        compare: (a, b) => (a.status ?? 0) - (b.status ?? 0),
      },
      {
        key: 'source', name: 'Source', className: 'path',
        cell: (row) => (row.source === undefined ? '' : pick(view, 'source', row.source)),
        text: (row) => row.source ?? '', compare: (a, b) => (a.source ?? '').localeCompare(b.source ?? '', 'en'),
      },
      {
        key: 'time', name: 'Time', className: 'time', cell: (row) => shown(row.time, view.zones),
        text: (row) => row.time ?? '', compare: (a, b) => (a.time ?? '').localeCompare(b.time ?? ''),
      },
      {
        key: 'place', name: 'Line', className: 'place-cell', cell: (row) => placeDrill(view, row),
        text: placeText,
        compare: (a, b) => placeText(a).localeCompare(placeText(b), 'en', { numeric: true }),
      },
    ],
  });
}

/** The place of a request, leading to the lines of its second. */
function placeDrill(view: View, row: RequestData): HTMLElement {
  const place = `${shortPath(row.file)}:${String(row.line)}`;
  const time = row.time === undefined ? undefined : Math.floor(parseTime(row.time).instant / 1000) * 1000;
  const values = row.source !== undefined && view.cube.codeOf('source', row.source) !== undefined
    ? { ...view.filter.values, source: [row.source] } : view.filter.values;
  const made = drill(view, '', { values, ...(time === undefined ? {} : { from: time, to: time + 1000 }) },
    `Line ${placeText(row)}`);
  made.classList.add('place');
  made.title = row.file;
  made.append(logText(place));
  return made;
}

function placeText(row: RequestData): string {
  return `${row.file}:${String(row.line)}`;
}
