// Condenses the CSV files of the npm package @ip-location-db/geo-whois-asn-country to the country table of the core.
// Node.js 20 or later, from the root of the repository:
//   npm pack @ip-location-db/geo-whois-asn-country --pack-destination /tmp && tar xzf /tmp/ip-location-db-*.tgz -C /tmp
//   node build/update-country-table.mjs /tmp/package
// The same files give the same table. CountryTable.cs says what the bytes mean.
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { join } from 'node:path';

const folder = process.argv[2];
if (folder === undefined) {
  console.error('Name the folder of the unpacked package: node build/update-country-table.mjs <folder>');
  process.exit(2);
}

const target = new URL('../src/LogAnomaly.Core/Places/countries.br', import.meta.url);
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

function readRanges(family) {
  const text = readFileSync(join(folder, `geo-whois-asn-country-ipv${family}-num.csv`), 'utf8');
  const ranges = text.split('\n').filter((line) => line.trim() !== '').map((line, index) => {
    const cells = line.trim().split(',');
    if (cells.length !== 3 || !/^\d+$/.test(cells[0]) || !/^\d+$/.test(cells[1]) || !/^[A-Z]{2}$/.test(cells[2])
      || BigInt(cells[0]) > BigInt(cells[1])) {
      throw new Error(`IPv${family}, line ${index + 1}: '${line}' is not 'first,last,country'.`);
    }

    return { first: BigInt(cells[0]), last: BigInt(cells[1]), country: cells[2] };
  });

  return ranges.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : a.last > b.last ? -1 : 1));
}

// Pieces that do not overlap: where ranges lie in each other, the one that begins last counts.
function flatten(ranges) {
  const pieces = [];
  const open = [];
  let next = 0n;
  const add = (last, country) => {
    if (next <= last) {
      pieces.push({ first: next, last, country });
      next = last + 1n;
    }
  };
  const closeBefore = (first) => {
    while (open.length > 0) {
      const top = open[open.length - 1];
      if (top.last >= first) {
        add(first - 1n, top.country);
        return;
      }

      add(top.last, top.country);
      open.pop();
    }
  };
  for (const range of ranges) {
    closeBefore(range.first);
    next = next > range.first ? next : range.first;
    open.push(range);
  }

  closeBefore(1n << 130n);
  return pieces;
}

// Units of 2^bits addresses; a unit has the country of its first address.
function coarsen(pieces, bits) {
  const size = 1n << bits;
  return pieces.map((piece) => ({
    first: (piece.first + size - 1n) / size, last: piece.last / size, country: piece.country,
  })).filter((piece) => piece.first <= piece.last);
}

function merge(pieces) {
  const merged = [];
  for (const piece of pieces) {
    const last = merged[merged.length - 1];
    if (last !== undefined && last.country === piece.country && last.last + 1n === piece.first) {
      last.last = piece.last;
    } else {
      merged.push({ ...piece });
    }
  }

  return merged;
}

function writeNumber(bytes, number) {
  let rest = BigInt(number);
  while (rest >= 128n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }

  bytes.push(Number(rest));
}

// Column by column, because likes beside likes compress best.
function writeFamily(bytes, pieces, countries) {
  writeNumber(bytes, pieces.length);
  let next = 0n;
  for (const piece of pieces) {
    writeNumber(bytes, piece.first - next);
    next = piece.last + 1n;
  }

  for (const piece of pieces) {
    writeNumber(bytes, piece.last - piece.first);
  }

  for (const piece of pieces) {
    bytes.push(countries.indexOf(piece.country) + 1);
  }
}

const version4 = merge(flatten(readRanges(4)));
const version6 = merge(coarsen(flatten(readRanges(6)), 80n));
const countries = [...new Set([...version4, ...version6].map((piece) => piece.country))].sort();
if (countries.length > 254) {
  throw new Error(`${countries.length} countries do not fit into a byte.`);
}

const bytes = [];
writeNumber(bytes, countries.length);
for (const letter of countries.join('')) {
  bytes.push(letter.charCodeAt(0));
}

writeFamily(bytes, version4, countries);
writeFamily(bytes, version6, countries);
const packed = brotliCompressSync(Buffer.from(bytes), {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 },
});
writeFileSync(target, packed);
console.log(`${version}: ${version4.length} IPv4 ranges, ${version6.length} IPv6 ranges, ${countries.length} countries, `
  + `${bytes.length} bytes, ${packed.length} compressed`);
