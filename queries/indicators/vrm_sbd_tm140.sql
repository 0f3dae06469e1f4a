/*
titel: Systolische bloeddruk tot en met 140 bij verhoogd vasculair risico
vraag: Bij welk deel van de mensen met een verhoogd vasculair risico in de ketenzorg is de laatste systolische bloeddruk van de afgelopen 12 maanden 140 mmHg of lager?
waarom: Een bloeddruk tot en met 140 mmHg hoort bij een kleinere kans op hart- en vaatziekten.
teller: Patiënten uit de noemer met een laatste systolische bloeddruk (1744, 2055, 3326, 2659 of 3336) van 140 mmHg of lager.
noemer: Vast ingeschreven, 18 jaar of ouder, actieve episode K86, K87 of T93, minstens 12 maanden in het VRM-programma met de huisarts als hoofdbehandelaar (of leeg), met een systolische bloeddruk in het venster.
uitsluitingen: Wie in het venster geen systolische bloeddruk heeft; passanten; wie ook in het HVZ-programma is; wie de specialist als hoofdbehandelaar heeft; wie korter dan 12 maanden deelneemt.
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
        next_index,
        value
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
        count(*) filter (where measured.value <= 140) as numerator,
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
voorbeeld: 140 telt, 141 niet; een latere thuismeting wint; wie ook in het HVZ-programma is telt hier niet
periode: 2022-11..2022-12

patients
patient_id | birth_year
1          | 1950
2          | 1950
3          | 1950
4          | 1950
5          | 1950

episodes
patient_id | icpc | start_date
1          | K86  | 2015-05-01
2          | K86  | 2015-05-01
3          | K86  | 2015-05-01
4          | K86  | 2015-05-01
5          | K86  | 2015-05-01

programmes
patient_id | programme | start_date
1          | VRM       | 2016-01-01
2          | VRM       | 2016-01-01
3          | VRM       | 2016-01-01
4          | VRM       | 2016-01-01
4          | HVZ       | 2022-12-31
5          | VRM       | 2016-01-01

measurements
patient_id | nhg_number | measured_on | value
1          | 1744       | 2022-01-01  | 140
2          | 1744       | 2022-06-01  | 141
3          | 1744       | 2022-06-01  | 150
3          | 3326       | 2022-06-02  | 135
4          | 1744       | 2022-06-01  | 130
5          | 1744       | 2021-12-31  | 130

verwacht
period_start | numerator | denominator
2022-11-01   | 4         | 5
2022-12-01   | 2         | 3
*/
