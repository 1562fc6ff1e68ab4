/**
 * A point on the map for each country of ISO 3166-1: a place well within its largest land, from the shapes of Natural
 * Earth (public domain), and by hand where those have none. The shapes of the map lack small countries; these do not.
 */
const table = `
AD1.6 42.5,AE54.3 23.9,AF66 33.8,AG-61.8 17.1,AI-63.1 18.2,AL20.1 41.1,AM44.9 40.3,AO17.6 -12.3,
AQ31.5 -77.2,AR-65.2 -35.2,AS-170.7 -14.3,AT14.1 47.6,AU134.4 -25.6,AW-70 12.5,AX19.9 60.2,AZ47.7 40.3,
BA17.8 44.2,BB-59.6 13.2,BD90.2 23.9,BE4.6 50.6,BF-1.8 12.3,BG25.2 42.8,BH50.5 26.1,BI29.9 -3.4,BJ2.3 9.6,
BL-62.8 17.9,BM-64.8 32.3,BN114.6 4.5,BO-64.7 -16.7,BQ-68.3 12.2,BR-53.1 -10.8,BS-78 24.7,BT90.4 27.4,
BV3.4 -54.4,BW23.8 -22.2,BY28 53.5,BZ-88.7 17.2,CA-102.4 57.9,CC96.8 -12.2,CD23.6 -2.9,CF20.5 6.6,
CG15.2 -0.8,CH8.2 46.8,CI-5.6 7.6,CK-159.8 -21.2,CL-71.2 -35.5,CM12.7 5.7,CN103.8 36.6,CO-73.1 3.9,
CR-84.2 10,CU-79 21.6,CV-23.6 15.1,CW-69 12.2,CX105.6 -10.5,CY33 34.9,CZ15.3 49.7,DE10.4 51.1,DJ42.6 11.8,
DK9.4 56.2,DM-61.4 15.4,DO-70.5 18.9,DZ2.7 28.1,EC-78.4 -1.4,EE25.8 58.7,EG29.9 26.5,EH-12.2 24.2,
ER38.8 15.4,ES-3.6 40.4,ET39.6 8.6,FI26.3 64.5,FJ178 -17.8,FK-58.8 -51.7,FM158.2 6.9,FO-7 62.1,FR2.5 46.6,
GA11.8 -0.6,GB-2.5 53.9,GD-61.7 12.1,GE43.5 42.2,GF-53 4,GG-2.6 49.5,GH-1.2 8,GI-5.3 36.1,GL-41 72,
GM-14.6 13.5,GN-10.9 10.4,GP-61.6 16.2,GQ10.5 1.6,GR22.6 39.5,GS-36.7 -54.4,GT-90.4 15.7,GU144.8 13.4,
GW-14.9 12.1,GY-59 4.8,HK114.2 22.4,HM73.5 -53.1,HN-86.6 14.8,HR16.4 45.2,HT-72.7 18.9,HU19.4 47.2,
ID114 -0.2,IE-8.1 53.2,IL34.9 31,IM-4.5 54.2,IN79.6 22.9,IO72.4 -7.3,IQ43.7 33,IR54.3 32.6,IS-18.6 65,
IT12.2 43.5,JE-2.1 49.2,JM-77.3 18.2,JO36.8 31.2,JP138 36.7,KE37.8 0.6,KG74.5 41.5,KH104.9 12.7,KI173 1.4,
KM43.3 -11.7,KN-62.8 17.3,KP127.2 40.2,KR127.9 36.5,KW47.6 29.3,KY-81.3 19.3,KZ67.3 48.2,LA103.7 18.5,
LB35.9 33.9,LC-61 13.9,LI9.5 47.1,LK80.7 7.6,LR-9.3 6.5,LS28.2 -29.6,LT23.9 55.3,LU6.1 49.8,LV24.9 56.9,
LY18 27,MA-8.4 29.8,MC7.4 43.7,MD28.5 47.2,ME19.2 42.8,MF-63.1 18.1,MG46.7 -19.4,MH171.2 7.1,MK21.7 41.6,
ML-3.5 17.3,MM96.5 21.2,MN103.1 46.8,MO113.6 22.1,MP145.7 15.2,MQ-61 14.6,MR-10.3 20.3,MS-62.2 16.7,
MT14.4 35.9,MU57.6 -20.3,MV73.5 4.2,MW34.3 -13.2,MX-102.5 23.9,MY114.7 3.6,MZ35.5 -17.3,NA17.2 -22.1,
NC165.5 -21.3,NE9.4 17.4,NF168 -29,NG8.1 9.6,NI-85 12.8,NL5.6 52.3,NO14 64.2,NP83.9 28.2,NR166.9 -0.5,
NU-169.9 -19,NZ170.5 -44,OM56.1 20.6,PA-80.1 8.5,PE-74.4 -9.2,PF-149.4 -17.7,PG144.2 -6.6,PH121.4 16,
PK69.3 29.9,PL19.4 52.1,PM-56.3 47,PN-128.3 -24.4,PR-66.5 18.2,PS35.2 31.9,PT-8 39.7,PW134.6 7.5,
PY-58.4 -23.2,QA51.2 25.3,RE55.5 -21.1,RO25 45.9,RS20.8 44.2,RU97 61.5,RW29.9 -2,SA44.5 24.1,SB160.2 -9.6,
SC55.5 -4.7,SD29.9 16,SE16.7 62.8,SG103.8 1.4,SH-5.7 -16,SI14.8 46.1,SJ16 78.6,SK19.5 48.7,SL-11.8 8.6,
SM12.4 43.9,SN-14.5 14.4,SO45.7 4.7,SR-55.9 4.1,SS30.3 7.3,ST6.6 0.2,SV-88.9 13.7,SX-63.1 18,SY38.5 35,
SZ31.5 -26.6,TC-71.7 21.8,TD18.6 15.3,TF69.5 -49.3,TG1 8.5,TH101 15.1,TJ71 38.5,TK-171.8 -9.2,TL125.9 -8.8,
TM59.4 39.1,TN9.5 34.1,TO-175.2 -21.2,TR35.4 39,TT-61.3 10.4,TV179.2 -8.5,TW121 23.8,TZ34.8 -6.3,
UA31.3 49.2,UG32.4 1.3,UM-162.1 5.9,US-99.1 39.5,UY-56 -32.8,UZ63.1 41.8,VA ,VC-61.2 13.3,VE-66.2 7.1,
VG-64.6 18.4,VI-64.8 17.7,VN105.4 21.5,VU166.9 -15.2,WF-176.2 -13.3,WS-172.4 -13.6,XK20.9 42.6,YE47.5 15.9,
YT45.2 -12.8,ZA25.2 -29,ZM27.8 -13.5,ZW29.9 -19`;

/** A point on the map. */
export interface Place {
  longitude: number;
  latitude: number;
}

const places = new Map(table.replaceAll('\n', '').split(',').map((entry) => {
  const [longitude, latitude] = entry.slice(2).split(' ').map(Number);
  return [entry.slice(0, 2), { longitude: longitude ?? 0, latitude: latitude ?? 0 }] as const;
}));

/** The point of a country of two letters; undefined where none is known. */
export function placeOf(country: string): Place | undefined {
  return places.get(country);
}

/** The countries that have a point. */
export function placedCountries(): string[] {
  return [...places.keys()];
}
