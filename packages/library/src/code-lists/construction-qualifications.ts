import type { Option } from '../engine/field.ts';

/**
 * Series and specialties of qualifications that the housing and construction authorities grant. Sources:
 * - 施工: 《建筑业企业资质标准》建市〔2014〕159号 (12 general, 36 specialised) and 《建设工程企业资质管理制度改革方案》
 *   建市〔2020〕94号 (施工综合, 专业作业)
 * - 工程勘察: 《工程勘察资质标准》建市〔2013〕9号
 * - 工程设计: 《工程设计资质标准》建市〔2007〕86号 (21 industries, 8 special)
 * - 工程监理: 《工程监理企业资质管理规定》建设部令第158号 (14 specialties)
 * - 检测: 《建设工程质量检测机构资质标准》建质规〔2023〕1号 (9 special)
 *
 * The authorities publish names, not codes: the codes are this project's own and never change.
 */
type Table = Readonly<Record<string, readonly [string, string]>>;

const list = (prefix: string, table: Table): readonly Option[] =>
  Object.entries(table).map(([code, [zh, en]]) => ({ code: `${prefix}_${code}`, label: { zh, en } }));

const NO_SPECIALTY: Table = { ALL: ['不分专业', 'No specialty'] };

const GENERAL: Table = {
  BUILDING: ['建筑工程', 'Building works'],
  HIGHWAY: ['公路工程', 'Highway works'],
  RAILWAY: ['铁路工程', 'Railway works'],
  PORT: ['港口与航道工程', 'Port and waterway works'],
  WATER: ['水利水电工程', 'Water and hydropower works'],
  POWER: ['电力工程', 'Electric power works'],
  MINING: ['矿山工程', 'Mining works'],
  METALLURGY: ['冶金工程', 'Metallurgical works'],
  PETROCHEMICAL: ['石油化工工程', 'Petrochemical works'],
  MUNICIPAL: ['市政公用工程', 'Municipal works'],
  TELECOM: ['通信工程', 'Telecommunication works'],
  MECHANICAL: ['机电工程', 'Mechanical and electrical works'],
};

const SPECIALISED: Table = {
  FOUNDATION: ['地基基础工程', 'Foundations'],
  LIFTING: ['起重设备安装工程', 'Installation of lifting equipment'],
  CONCRETE: ['预拌混凝土', 'Ready-mixed concrete'],
  ELECTRONIC: ['电子与智能化工程', 'Electronic and intelligent systems'],
  FIRE: ['消防设施工程', 'Fire protection'],
  WATERPROOFING: ['防水防腐保温工程', 'Waterproofing, anti-corrosion and insulation'],
  BRIDGE: ['桥梁工程', 'Bridges'],
  TUNNEL: ['隧道工程', 'Tunnels'],
  STEEL: ['钢结构工程', 'Steel structures'],
  SCAFFOLD: ['模板脚手架', 'Formwork and scaffolding'],
  DECORATION: ['建筑装修装饰工程', 'Building decoration'],
  BUILDING_MEP: ['建筑机电安装工程', 'Building mechanical and electrical installation'],
  CURTAIN_WALL: ['建筑幕墙工程', 'Curtain walls'],
  ANCIENT: ['古建筑工程', 'Historic buildings'],
  LIGHTING: ['城市及道路照明工程', 'City and road lighting'],
  HIGHWAY_PAVEMENT: ['公路路面工程', 'Highway pavements'],
  HIGHWAY_SUBGRADE: ['公路路基工程', 'Highway subgrades'],
  HIGHWAY_TRAFFIC: ['公路交通工程', 'Highway traffic facilities'],
  RAILWAY_SIGNALS: ['铁路电务工程', 'Railway signals and communication'],
  RAILWAY_TRACK: ['铁路铺轨架梁工程', 'Railway track laying and girder erection'],
  RAILWAY_POWER: ['铁路电气化工程', 'Railway electrification'],
  AIRFIELD: ['机场场道工程', 'Airfield pavements'],
  AIR_TRAFFIC: ['民航空管工程及机场弱电系统工程', 'Air traffic control and airport low-voltage systems'],
  AIRFIELD_LIGHTING: ['机场目视助航工程', 'Airport visual aids'],
  PORT: ['港口与海岸工程', 'Ports and coastal works'],
  WATERWAY: ['航道工程', 'Waterways'],
  NAVIGATION: ['通航建筑物工程', 'Navigation structures'],
  PORT_EQUIPMENT: ['港航设备安装及水上交管工程', 'Port equipment and vessel traffic systems'],
  HYDRAULIC_METAL: ['水工金属结构制作与安装工程', 'Hydraulic metal structures'],
  HYDRO_MEP: ['水利水电机电安装工程', 'Hydropower mechanical and electrical installation'],
  RIVER: ['河湖整治工程', 'River and lake regulation'],
  TRANSMISSION: ['输变电工程', 'Power transmission and transformation'],
  NUCLEAR: ['核工程', 'Nuclear works'],
  OFFSHORE_OIL: ['海洋石油工程', 'Offshore oil works'],
  ENVIRONMENTAL: ['环保工程', 'Environmental protection'],
  SPECIAL: ['特种工程', 'Special works'],
};

const SURVEY: Table = {
  COMPREHENSIVE: ['综合类', 'Comprehensive'],
  GEOTECHNICAL: ['岩土工程', 'Geotechnical engineering'],
  HYDROGEOLOGY: ['水文地质勘察', 'Hydrogeological survey'],
  MEASUREMENT: ['工程测量', 'Engineering survey'],
  LABOUR: ['劳务类（工程钻探、凿井）', 'Labour (drilling, well sinking)'],
};

const DESIGN: Table = {
  COMPREHENSIVE: ['综合', 'Comprehensive'],
  COAL: ['煤炭行业', 'Coal'],
  CHEMICAL: ['化工石化医药行业', 'Chemicals, petrochemicals and pharmaceuticals'],
  OIL_GAS: ['石油天然气（海洋石油）行业', 'Oil and gas (offshore oil)'],
  POWER: ['电力行业', 'Electric power'],
  METALLURGY: ['冶金行业', 'Metallurgy'],
  MILITARY: ['军工行业', 'Defence industry'],
  MACHINERY: ['机械行业', 'Machinery'],
  COMMERCE: ['商物粮行业', 'Commerce, materials and grain'],
  NUCLEAR: ['核工业行业', 'Nuclear industry'],
  ELECTRONICS: ['电子通信广电行业', 'Electronics, telecommunication and broadcasting'],
  LIGHT: ['轻纺行业', 'Light and textile industry'],
  MATERIALS: ['建材行业', 'Building materials'],
  RAILWAY: ['铁道行业', 'Railways'],
  HIGHWAY: ['公路行业', 'Highways'],
  WATERWAY: ['水运行业', 'Water transport'],
  AVIATION: ['民航行业', 'Civil aviation'],
  MUNICIPAL: ['市政行业', 'Municipal works'],
  FORESTRY: ['农林行业', 'Agriculture and forestry'],
  WATER: ['水利行业', 'Water conservancy'],
  OCEAN: ['海洋行业', 'Ocean engineering'],
  BUILDING: ['建筑行业', 'Building'],
  S_DECORATION: ['建筑装饰工程专项', 'Special: building decoration'],
  S_INTELLIGENT: ['建筑智能化系统专项', 'Special: intelligent building systems'],
  S_CURTAIN_WALL: ['建筑幕墙工程专项', 'Special: curtain walls'],
  S_LIGHT_STEEL: ['轻型钢结构工程专项', 'Special: light steel structures'],
  S_LANDSCAPE: ['风景园林工程专项', 'Special: landscape'],
  S_FIRE: ['消防设施工程专项', 'Special: fire protection'],
  S_ENVIRONMENT: ['环境工程专项', 'Special: environmental engineering'],
  S_LIGHTING: ['照明工程专项', 'Special: lighting'],
};

const SUPERVISION: Table = {
  COMPREHENSIVE: ['综合', 'Comprehensive'],
  BUILDING: ['房屋建筑工程', 'Building works'],
  METALLURGY: ['冶炼工程', 'Smelting works'],
  MINING: ['矿山工程', 'Mining works'],
  CHEMICAL: ['化工石油工程', 'Chemical and petroleum works'],
  WATER: ['水利水电工程', 'Water and hydropower works'],
  POWER: ['电力工程', 'Electric power works'],
  FORESTRY: ['农林工程', 'Agricultural and forestry works'],
  RAILWAY: ['铁路工程', 'Railway works'],
  HIGHWAY: ['公路工程', 'Highway works'],
  PORT: ['港口与航道工程', 'Port and waterway works'],
  AEROSPACE: ['航天航空工程', 'Aerospace works'],
  TELECOM: ['通信工程', 'Telecommunication works'],
  MUNICIPAL: ['市政公用工程', 'Municipal works'],
  MECHANICAL: ['机电安装工程', 'Mechanical and electrical installation'],
};

const TESTING: Table = {
  COMPREHENSIVE: ['综合资质', 'Comprehensive'],
  MATERIALS: ['建筑材料及构配件', 'Building materials and components'],
  STRUCTURE: ['主体结构及装饰装修', 'Main structure and decoration'],
  STEEL: ['钢结构', 'Steel structures'],
  FOUNDATION: ['地基基础', 'Foundations'],
  ENERGY: ['建筑节能', 'Building energy efficiency'],
  CURTAIN_WALL: ['建筑幕墙', 'Curtain walls'],
  MUNICIPAL: ['市政工程材料', 'Municipal works materials'],
  ROAD: ['道路工程', 'Roads'],
  BRIDGE: ['桥梁及地下工程', 'Bridges and underground works'],
};

export const QUALIFICATION_SERIES: readonly Option[] = [
  { code: 'GENERAL', label: { zh: '施工总承包', en: 'General contracting' } },
  { code: 'SPECIALISED', label: { zh: '专业承包', en: 'Specialised contracting' } },
  { code: 'TRADE', label: { zh: '专业作业', en: 'Trade work' } },
  { code: 'COMPREHENSIVE', label: { zh: '施工综合', en: 'Comprehensive contracting' } },
  { code: 'SURVEY', label: { zh: '工程勘察', en: 'Engineering survey' } },
  { code: 'DESIGN', label: { zh: '工程设计', en: 'Engineering design' } },
  { code: 'SUPERVISION', label: { zh: '工程监理', en: 'Engineering supervision' } },
  { code: 'TESTING', label: { zh: '检测', en: 'Quality testing' } },
  { code: 'OTHER', label: { zh: '其他', en: 'Other' } },
];

/** Specialties by series. */
export const QUALIFICATION_SPECIALTIES: Readonly<Record<string, readonly Option[]>> = {
  GENERAL: list('GENERAL', GENERAL),
  SPECIALISED: list('SPECIALISED', SPECIALISED),
  TRADE: list('TRADE', NO_SPECIALTY),
  COMPREHENSIVE: list('COMPREHENSIVE', NO_SPECIALTY),
  SURVEY: list('SURVEY', SURVEY),
  DESIGN: list('DESIGN', DESIGN),
  SUPERVISION: list('SUPERVISION', SUPERVISION),
  TESTING: list('TESTING', TESTING),
  OTHER: list('OTHER', NO_SPECIALTY),
};
