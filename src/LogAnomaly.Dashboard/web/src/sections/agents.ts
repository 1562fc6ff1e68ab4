import type { Amount, Group } from '../cube';
import { otherValues } from '../cube';
import { element, logText } from '../dom';
import { amountText, compareAmounts, drill, drillAmount, pick } from '../drill';
import { count, counted } from '../format';
import type { AgentFamily } from '../http';
import { agentFamily } from '../http';
import { DataTable } from '../table';
import type { View } from '../view';
import type { Part } from './web-parts';
import { amountColumn, part, restText } from './web-parts';

/** User agents of one family. */
export interface AgentRow extends AgentFamily {
  amount: Amount;
  agents: Group[];
}

/** User agents by family, the most frequent first. */
export function agentRows(groups: readonly Group[]): AgentRow[] {
  const rows = new Map<string, AgentRow>();
  for (const group of groups) {
    const family = agentFamily(group.value);
    const row = rows.get(family.name) ?? { ...family, amount: { least: 0, most: 0 }, agents: [] };
    row.agents.push(group);
    row.amount = { least: row.amount.least + group.amount.least, most: row.amount.most + group.amount.most };
    rows.set(family.name, row);
  }

  return [...rows.values()].sort((a, b) => compareAmounts(b.amount, a.amount));
}

/** The user agents under the filter. */
export function agentPart(view: View): Part {
  const rest = element('p', { class: 'note' });
  const table = new DataTable<AgentRow>({
    id: 'agent-table', caption: 'User agents by family', nouns: ['family', 'families'],
    empty: 'No user agent fits the filter.', keyOf: (row) => row.name,
    order: { key: 'requests', descending: true },
    columns: [
      {
        key: 'family', name: 'Family', isHeader: true, cell: (row) => row.name, text: (row) => row.name,
        compare: (a, b) => a.name.localeCompare(b.name, 'en'),
      },
      {
        key: 'kind', name: 'Kind', cell: (row) => row.kind, text: (row) => row.kind,
        compare: (a, b) => a.kind.localeCompare(b.kind, 'en'),
      },
      amountColumn('Requests', (row) => {
        const text = amountText(row.amount);
        return drill(view, text, { values: { ...view.filter.values, agent: row.agents.map((agent) => agent.value) } },
          `${text} requests by ${row.name}`);
      }),
      {
        key: 'agents', name: 'Agents', className: 'number', descending: true, cell: (row) => count(row.agents.length),
        text: (row) => String(row.agents.length), compare: (a, b) => a.agents.length - b.agents.length,
      },
    ],
    detail: (row) => agentList(view, row),
  });
  return {
    element: part('User agents', table.element, rest),
    draw: () => {
      const groups = view.by('agent');
      table.setRows(agentRows(groups.filter((group) => group.code !== otherValues && view.hasText(group.value))));
      rest.textContent = restText(groups, 'user agents');
    },
  };
}

const agentsShown = 50;

function agentList(view: View, row: AgentRow): HTMLElement {
  const left = row.agents.length - agentsShown;
  return element(
    'div',
    {},
    element('ul', { class: 'agents' }, ...row.agents.slice(0, agentsShown).map((agent) => element(
      'li', {},
      element('span', { class: 'number' }, drillAmount(view, agent.amount, 'agent', agent.value)),
      agent.value === '' ? logText('-') : pick(view, 'agent', agent.value),
    ))),
    left > 0
      ? element('p', { class: 'note' }, `${counted(left, 'more agent')} of this family. Narrow by text to see them.`)
      : null,
  );
}
