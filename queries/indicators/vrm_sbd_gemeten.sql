/*
titel: Bloeddruk gemeten bij verhoogd vasculair risico
vraag: Bij welk deel van de mensen met een verhoogd vasculair risico in de ketenzorg is de systolische bloeddruk in de laatste 12 maanden gemeten?
waarom: Bij een hoge bloeddruk laat alleen meten zien of de behandeling werkt.
teller: Patiënten uit de noemer met een systolische bloeddruk (1744, 2055, 3326, 2659 of 3336) in het venster, in de spreekkamer of thuis.
noemer: Vast ingeschreven, 18 jaar of ouder, actieve episode K86, K87 of T93, minstens 12 maanden in het VRM-programma met de huisarts als hoofdbehandelaar (of leeg).
uitsluitingen: Passanten; wie ook in het HVZ-programma is; wie de specialist als hoofdbehandelaar heeft; wie korter dan 12 maanden deelneemt.
maat: aandeel
soort: stand
klasse: proces
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS, VIPLive
venster: 12
beter: hoger
thema: 30
vakgroep: diabetes-cvrm
aandoeningen: vrm
begrippen: systolisch
strata:
jaarcijfer:
bron: HIS-bepalingen en VIPLive-ketenzorg
referentie: NHG/InEen-indicatoren CVRM
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

patients_in_care as (
    select
        practice_id,
        patient_id,
        area_id,
        age_band,
        sex,
        period_start,
        period_index
    from chronic_months
    where care = 'vrm'
),

measured as (
    select
        patient_id,
        first_index,
        next_index
    from latest_values
    where concept = 'systolisch'
),

final as (
    select
        patients_in_care.practice_id,
        patients_in_care.area_id,
        patients_in_care.age_band,
        patients_in_care.sex,
        patients_in_care.period_start,
        count(measured.patient_id) as numerator,
        count(*) as denominator
    from patients_in_care
    left join measured
        on
            patients_in_care.patient_id = measured.patient_id
            and patients_in_care.period_index >= measured.first_index
            and patients_in_care.period_index < measured.next_index
            and patients_in_care.period_index < measured.first_index + 12
    group by
        patients_in_care.practice_id,
        patients_in_care.area_id,
        patients_in_care.age_band,
        patients_in_care.sex,
        patients_in_care.period_start
)

select * from final

/*
voorbeeld: K87 en een subcode van T93 tellen mee; wie ook in het HVZ-programma is, hoort bij HVZ
periode: 2022-11..2022-12

patients
patient_id | birth_year
1          | 1950
2          | 1950
3          | 1950
4          | 1950

episodes
patient_id | icpc   | start_date
1          | K87    | 2015-05-01
2          | T93.01 | 2015-05-01
3          | K86    | 2015-05-01
4          | K74    | 2015-05-01

programmes
patient_id | programme | start_date
1          | VRM       | 2016-01-01
2          | VRM       | 2016-01-01
3          | VRM       | 2016-01-01
3          | HVZ       | 2016-01-01
4          | VRM       | 2016-01-01

measurements
patient_id | nhg_number | measured_on | value
1          | 1744       | 2022-01-01  | 132
2          | 1744       | 2021-12-31  | 140
3          | 1744       | 2022-06-01  | 140
4          | 1744       | 2022-06-01  | 140

verwacht
period_start | numerator | denominator
2022-11-01   | 2         | 2
2022-12-01   | 1         | 2
*/
