/*
titel: LDL-cholesterol gemeten bij verhoogd vasculair risico
vraag: Bij welk deel van de mensen met een verhoogd vasculair risico in de ketenzorg is het LDL-cholesterol in de laatste 5 jaar gemeten?
waarom: Zonder ziekte is een LDL-cholesterol per 5 jaar genoeg om het risico te schatten.
teller: Patiënten uit de noemer met een LDL-cholesterol (542, 2683 of 3854) in het venster van 60 maanden.
noemer: Vast ingeschreven, 18 jaar of ouder, actieve episode K86, K87 of T93, minstens 12 maanden in het VRM-programma met de huisarts als hoofdbehandelaar (of leeg).
uitsluitingen: Passanten; wie ook in het HVZ-programma is; wie de specialist als hoofdbehandelaar heeft; wie korter dan 12 maanden deelneemt.
maat: aandeel
soort: stand
klasse: proces
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS, VIPLive
venster: 60
beter: hoger
thema: 30
vakgroep: diabetes-cvrm
aandoeningen: vrm
begrippen: ldl
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
    where concept = 'ldl'
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
            and patients_in_care.period_index < measured.first_index + 60
    group by
        patients_in_care.practice_id,
        patients_in_care.area_id,
        patients_in_care.age_band,
        patients_in_care.sex,
        patients_in_care.period_start
)

select * from final

/*
voorbeeld: de eerste dag van de 60 maanden telt, een dag eerder niet; een non-HDL-cholesterol is geen LDL
periode: 2022-11..2022-12

patients
patient_id | birth_year
1          | 1950
2          | 1950
3          | 1950
4          | 1950

episodes
patient_id | icpc | start_date
1          | K86  | 2015-05-01
2          | K86  | 2015-05-01
3          | K86  | 2015-05-01
4          | K86  | 2015-05-01

programmes
patient_id | programme | start_date
1          | VRM       | 2016-01-01
2          | VRM       | 2016-01-01
3          | VRM       | 2016-01-01
4          | VRM       | 2016-01-01

measurements
patient_id | nhg_number | measured_on | value
1          | 542        | 2018-01-01  | 3.1
2          | 542        | 2017-12-31  | 3.1
3          | 3856       | 2022-06-01  | 3.8
4          | 2683       | 2022-12-31  | 3.1

verwacht
period_start | numerator | denominator
2022-11-01   | 2         | 4
2022-12-01   | 2         | 4
*/
