/*
titel: Risicocategorie bepaald bij verhoogd vasculair risico
vraag: Bij welk deel van de mensen met een verhoogd vasculair risico in de ketenzorg is de HVZ-risicocategorie in de laatste 5 jaar bepaald?
waarom: De risicocategorie bepaalt wie behandeling nodig heeft en wie niet.
teller: Patiënten uit de noemer met een HVZ-risicocategorie (3953) in het venster van 60 maanden, welke categorie ook.
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
begrippen: risicocategorie
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
    where concept = 'risicocategorie'
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
voorbeeld: de eerste dag van de 60 maanden telt, een dag eerder niet; de oudere risicoscores (3241, 2223) tellen niet
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
patient_id | nhg_number | measured_on | answer
1          | 3953       | 2018-01-01  | hoog
2          | 3953       | 2017-12-31  | hoog
3          | 3241       | 2022-06-01  | matig
4          | 3953       | 2022-12-31  | laag

verwacht
period_start | numerator | denominator
2022-11-01   | 2         | 4
2022-12-01   | 2         | 4
*/
