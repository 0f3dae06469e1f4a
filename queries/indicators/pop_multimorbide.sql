/*
titel: Patiënten met twee of meer chronische ziekten
vraag: Welk deel van de ingeschreven patiënten heeft twee of meer van zes chronische ziekten?
waarom: Wie meer ziekten tegelijk heeft, heeft meer aan één samenhangend plan dan aan losse zorgstraten.
teller: Ingeschreven patiënten met een actieve episode van twee of meer van: diabetes type 2 (T90.02), hart- of vaatziekte (InEen-lijst), COPD (R95), astma (R96 zonder R96.01), hartfalen (K77), dementie (P70).
noemer: Alle vast ingeschreven patiënten.
uitsluitingen: Passanten.
maat: aandeel
soort: stand
klasse: populatie
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS
venster:
beter: geen
thema: 30
vakgroep:
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: HIS-episodes
referentie: Koers 2024, thema 30: integratie van de zorgstraten; keuze van de zes ziekten door Regiospiegel
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

diseases as (
    select
        practice_id,
        patient_id,
        area_id,
        age_band,
        sex,
        period_start,
        count(*) as disease_count
    from condition_months
    where condition in ('dm2', 'hvz', 'copd', 'astma', 'hartfalen', 'dementie')
    group by practice_id, patient_id, area_id, age_band, sex, period_start
),

counted as (
    select
        practice_id,
        area_id,
        age_band,
        sex,
        period_start,
        count(*) as numerator
    from diseases
    where disease_count >= 2
    group by practice_id, area_id, age_band, sex, period_start
),

final as (
    select
        registered_age_sex_counts.practice_id,
        registered_age_sex_counts.area_id,
        registered_age_sex_counts.age_band,
        registered_age_sex_counts.sex,
        registered_age_sex_counts.period_start,
        coalesce(counted.numerator, 0) as numerator,
        registered_age_sex_counts.patients as denominator
    from registered_age_sex_counts
    left join counted
        on
            registered_age_sex_counts.practice_id = counted.practice_id
            and registered_age_sex_counts.area_id = counted.area_id
            and registered_age_sex_counts.age_band = counted.age_band
            and registered_age_sex_counts.sex = counted.sex
            and registered_age_sex_counts.period_start = counted.period_start
)

select * from final

/*
voorbeeld: twee codes van dezelfde ziekte zijn één ziekte; R96.01 en hypertensie tellen niet mee
periode: 2022-12

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
1          | K77    | 2016-05-01
2          | K74    | 2015-05-01
2          | K76.01 | 2016-05-01
3          | R95    | 2015-05-01
3          | R96.01 | 2016-05-01
4          | T90.02 | 2015-05-01
4          | K86    | 2016-05-01
5          | R95    | 2015-05-01
5          | R96.02 | 2016-05-01
5          | P70    | 2017-05-01

verwacht
period_start | numerator | denominator
2022-12-01   | 2         | 5
*/
