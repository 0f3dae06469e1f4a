/*
titel: LDL-cholesterol onder 2,6 bij diabetes
vraag: Bij welk deel van de mensen met diabetes type 2 in de ketenzorg is het laatste LDL-cholesterol van de afgelopen 12 maanden lager dan 2,6 mmol/l?
waarom: Een LDL-cholesterol onder 2,6 mmol/l hoort bij een kleinere kans op hart- en vaatziekten.
teller: Patiënten uit de noemer met een laatste LDL-cholesterol (542, 2683 of 3854) onder 2,6 mmol/l.
noemer: Vast ingeschreven, 18 jaar of ouder, actieve episode T90.02, minstens 12 maanden in het DM2-programma met de huisarts als hoofdbehandelaar (of leeg), met een LDL-cholesterol in het venster.
uitsluitingen: Wie in het venster geen LDL-cholesterol heeft; passanten; wie de specialist als hoofdbehandelaar heeft; wie korter dan 12 maanden deelneemt.
maat: aandeel
soort: stand
klasse: uitkomst
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS, VIPLive
venster: 12
beter: hoger
thema: 30
vakgroep: diabetes-cvrm
aandoeningen: dm2
begrippen: ldl
strata:
jaarcijfer:
bron: HIS-bepalingen en VIPLive-ketenzorg
referentie: NHG-Standaarden Diabetes mellitus type 2 en CVRM; NHG/InEen-indicatoren
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
    where care = 'dm'
),

measured as (
    select
        patient_id,
        first_index,
        next_index,
        value
    from latest_values
    where concept = 'ldl'
),

final as (
    select
        patients_in_care.practice_id,
        patients_in_care.area_id,
        patients_in_care.age_band,
        patients_in_care.sex,
        patients_in_care.period_start,
        count(*) filter (where measured.value < 2.6e0) as numerator,
        count(*) as denominator
    from patients_in_care
    inner join measured
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
voorbeeld: 2,5 telt, 2,6 niet en <2,6 telt als 2,6; op dezelfde dag gaat 542 voor; een non-HDL-cholesterol vult de noemer niet
periode: 2022-11..2022-12

patients
patient_id | birth_year
1          | 1950
2          | 1950
3          | 1950
4          | 1950
5          | 1950

episodes
patient_id | icpc   | start_date
1          | T90.02 | 2015-05-01
2          | T90.02 | 2015-05-01
3          | T90.02 | 2015-05-01
4          | T90.02 | 2015-05-01
5          | T90.02 | 2015-05-01

programmes
patient_id | programme | start_date
1          | DM2       | 2016-01-01
2          | DM2       | 2016-01-01
3          | DM2       | 2016-01-01
4          | DM2       | 2016-01-01
5          | DM2       | 2016-01-01

measurements
patient_id | nhg_number | measured_on | value | comparator
1          | 542        | 2022-06-01  | 2.5   |
2          | 542        | 2022-06-01  | 2.6   |
3          | 542        | 2022-06-01  | 2.6   | <
4          | 542        | 2022-06-01  | 2.1   |
4          | 2683       | 2022-06-01  | 2.9   |
5          | 3826       | 2022-06-01  | 2.2   |
5          | 542        | 2021-12-31  | 2.4   |

verwacht
period_start | numerator | denominator
2022-11-01   | 3         | 5
2022-12-01   | 2         | 4
*/
