import type { AnomalyData } from '../data';
import { drill } from '../drill';
import { sourceOf, spanOf, userOf } from '../entity';
import type { Filter } from '../filter';
import { count, counted } from '../format';
import type { View } from '../view';

/** The part of a filter that asks for the lines of the time and source, or user, of findings that share them. */
export function linesAround(view: View, findings: readonly AnomalyData[]): Partial<Filter> {
  const [first] = findings;
  if (first === undefined) {
    return {};
  }

  const [source, user] = [sourceOf(first), userOf(first)];
  const values = source !== undefined && view.cube.codeOf('source', source) !== undefined
    ? { ...view.filter.values, source: [source] }
    : user !== undefined && view.cube.codeOf('user', user) !== undefined
      ? { ...view.filter.values, user: [user] } : view.filter.values;
  const spans = findings.map((finding) => spanOf(finding)).filter((span) => span !== undefined);
  const time = spans.length === 0 ? {} : {
    from: Math.min(...spans.map((span) => span.from)), to: Math.max(...spans.map((span) => span.to)) + 1,
  };
  return { values, severities: [], rules: [], text: '', ...time };
}

/** The part of a filter that asks for the lines of findings: those of their kinds of message, else those around. */
function linesThemselves(view: View, findings: readonly AnomalyData[]): Partial<Filter> {
  const around = linesAround(view, findings);
  const templates = new Set(findings.map((finding) => finding.templateId));
  const known = [...templates].filter((id) => id !== undefined && view.cube.codeOf('template', id) !== undefined);
  return known.length < templates.size
    ? around : { ...around, values: { ...around.values, template: known as string[] } };
}

/** The number of events of findings, leading to their lines. */
export function drillEvents(view: View, events: number, findings: readonly AnomalyData[]): HTMLElement | string {
  const title = findings[0]?.title.slice(0, 120) ?? '';
  if (events === 0) {
    return '0';
  }

  const made = drill(view, count(events), linesThemselves(view, findings),
    `${counted(events, 'event')} of ${title}, among the lines of their time and source`);
  made.title = 'Show the lines of their time and source';
  return made;
}
