import { describe, expect, it } from 'vitest';
import { Cube, otherValues } from '../src/cube';
import type { Query } from '../src/cube';
import type { CubeData, DimensionName } from '../src/data';

/** Two hosts, three users; the narrow table knows all users, the broad one has folded the rare ones. */
const data: CubeData = {
  start: '2026-01-05T08:00:00.000+01:00', step: 60_000, steps: 3,
  dimensions: [
    { name: 'host', values: ['', '', 'web1', 'web2'] },
    { name: 'user', values: ['', '', 'root', 'ann', 'bob'] },
  ],
  tables: [
    {
      dimensions: ['host', 'user'], time: [-1, 1, 0, 1, 1], count: [5, 10, 4, 3, 2], bytes: [0, 100, 0, 0, 7],
      codes: [[2, 2, 3, 2, 0], [0, 2, 2, 1, 1]],
    },
    { dimensions: ['user'], time: [-1, 1, 1, 1], count: [5, 14, 3, 2], codes: [[0, 2, 3, 4]] },
  ],
};

function query(where: Partial<Record<DimensionName, number[]>>, from?: number, to?: number): Query {
  return {
    where: new Map(Object.entries(where).map(([name, codes]) => [name as DimensionName, new Set(codes)])),
    ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }),
  };
}

describe('the cube', () => {
  const cube = new Cube(data);

  it('counts all events, also those without a time, unless a time is asked for', () => {
    expect(cube.total(query({}))).toEqual({ least: 24, most: 24 });
    expect(cube.total(query({}, 0))).toEqual({ least: 19, most: 19 });
    expect(cube.total(query({}, 1, 2))).toEqual({ least: 3, most: 3 });
    expect(cube.total(query({}, undefined, 1))).toEqual({ least: 14, most: 14 });
    expect(cube.total(query({}, -5, 1))).toEqual({ least: 14, most: 14 });
  });

  it('takes the table that breaks down what is asked for', () => {
    expect(cube.total(query({ user: [3] }))).toEqual({ least: 3, most: 3 });
    expect(cube.by('user', query({})).map((group) => [group.value, group.amount.least]))
      .toEqual([['root', 14], ['', 5], ['ann', 3], ['bob', 2]]);
  });

  it('says between what bounds an amount lies where no table can tell', () => {
    expect(cube.total(query({ host: [2], user: [3] }))).toEqual({ least: 0, most: 3 });
  });

  it('puts what is not broken down last', () => {
    const groups = cube.by('user', query({ host: [2, 0] }));
    expect(groups.at(-1)).toMatchObject({ code: otherValues, amount: { least: 5, most: 5 } });
    expect(groups[0]).toMatchObject({ value: 'root', amount: { least: 10, most: 10 }, bytes: 100 });
  });

  it('gives events by step and says whether all are in place', () => {
    const users = cube.series('user', query({}));
    expect(users.exact).toBe(true);
    expect([...users.counts.get(2) ?? []]).toEqual([14, 0, 0]);
    expect([...users.counts.get(4) ?? []]).toEqual([0, 0, 2]);
    expect(cube.series('user', query({ host: [2] })).exact).toBe(false);
  });

  it('knows a value that nothing breaks down as none of its own', () => {
    expect(cube.codeOf('user', 'eve')).toBeUndefined();
    expect(cube.codeOf('user', '')).toBeUndefined();
    expect(cube.has('path')).toBe(false);
  });
});
