/*
titel: Nierfunctie gemeten bij diabetes
vraag: Bij welk deel van de mensen met diabetes type 2 in de ketenzorg is de nierfunctie (eGFR) in de laatste 12 maanden gemeten?
waarom: Diabetes kan de nieren ongemerkt beschadigen; wie het op tijd weet, kan de achteruitgang remmen.
teller: Patiënten uit de noemer met een eGFR (3583, 1919, 1918, 524, 3907 of 3908) in het venster; een uitslag als >90 telt als gemeten.
noemer: Vast ingeschreven, 18 jaar of ouder, actieve episode T90.02, minstens 12 maanden in het DM2-programma met de huisarts als hoofdbehandelaar (of leeg).
uitsluitingen: Passanten; wie de specialist als hoofdbehandelaar heeft; wie korter dan 12 maanden deelneemt.
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
aandoeningen: dm2
begrippen: egfr
strata:
jaarcijfer:
bron: HIS-bepalingen en VIPLive-ketenzorg
referentie: NHG/InEen-indicatoren diabetes mellitus type 2
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
        next_index
    from latest_values
    where concept = 'egfr'
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
voorbeeld: elke schatting van de nierfunctie is genoeg, ook >90; een dag voor het venster telt niet
periode: 2022-11..2022-12

patients
patient_id | birth_year
1          | 1950
2          | 1950
3          | 1950
4          | 1950

episodes
patient_id | icpc   | start_date
1          | T90.02 | 2015-05-01
2          | T90.02 | 2015-05-01
3          | T90.02 | 2015-05-01
4          | T90.02 | 2015-05-01

programmes
patient_id | programme | start_date
1          | DM2       | 2016-01-01
2          | DM2       | 2016-01-01
3          | DM2       | 2016-01-01
4          | DM2       | 2016-01-01

measurements
patient_id | nhg_number | measured_on | value | comparator
1          | 3583       | 2022-01-01  | 90    | >
2          | 1919       | 2022-12-31  | 61    |
3          | 3907       | 2022-06-01  | 58    |
4          | 3583       | 2021-12-31  | 72    |

verwacht
period_start | numerator | denominator
2022-11-01   | 3         | 4
2022-12-01   | 3         | 4
*/
